import { compareVersions, majorOf, type Schema } from '@strata/domain/convention'

/** A table of a dataset that holds the records of one schema and major. */
export interface RecordsTable {
  readonly name: string
  /** The newest version of this major that the convention has had; it has every field of the earlier ones. */
  readonly schema: Schema
}

/**
 * The records tables of a convention: `records` for its current schema and major, and one more for each earlier one. Their
 * names have a hyphen, which hook names cannot have, so they never collide with a hook's table.
 */
export function recordsTables(current: Schema, had: readonly Schema[]): readonly RecordsTable[] {
  const newest = new Map<string, Schema>()
  for (const schema of [current, ...had].toSorted((a, b) => compareVersions(a.version, b.version))) newest.set(groupOf(schema), schema)
  const [now, ...before] = [groupOf(current), ...[...newest.keys()].filter((group) => group !== groupOf(current)).toSorted()]
  return [
    { name: 'records', schema: newest.get(now) ?? current },
    ...before.flatMap((group) => {
      const schema = newest.get(group)
      return schema === undefined ? [] : [{ name: nameOf(schema, current), schema }]
    }),
  ]
}

function groupOf({ id, version }: Schema): string {
  return `${id} ${majorOf(version)}`
}

function nameOf({ id, version }: Schema, current: Schema): string {
  return id === current.id ? `records-v${majorOf(version)}` : `records-${id}-v${majorOf(version)}`
}
