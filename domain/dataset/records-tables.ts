import { compareVersions, majorOf, type Schema } from '@strata/domain/convention'

/** A table of a dataset that holds records: those of one schema and major. */
export interface RecordsTable {
  readonly name: string
  /** The newest version of its major that the convention has had: it has every field of the ones before. */
  readonly schema: Schema
}

/**
 * Where the records of a convention are to be read: `records` has those of the schema and major it has now, and each one
 * that it had before keeps a table of its own. A hyphen stands in no hook's name, so none of these hides a hook's table.
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
