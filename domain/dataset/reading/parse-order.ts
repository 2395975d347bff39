import { BadUserInput, isJsonObject } from '@strata/domain/shared'
import { resolveColumn, type ResolvedColumn, type Scope } from './column.ts'
import { typeName } from './parse-test.ts'
import { mayBeMissing } from './readable.ts'

const mostSortKeys = 8

/** Rows without a value come last, whatever the direction. */
export interface SortKey {
  readonly of: ResolvedColumn
  readonly direction: Direction
  readonly mayBeMissing: boolean
}

export type Direction = 'ASC' | 'DESC'

/** From JSON or GraphQL, with the shape of the API's `[OrderBy!]`. */
export function parseOrder(input: unknown, scope: Scope, path = 'orderBy'): readonly SortKey[] {
  if (input === null || input === undefined) return []
  if (!Array.isArray(input)) throw new BadUserInput(`"${path}" should be a list of columns.`, path)
  if (input.length > mostSortKeys)
    throw new BadUserInput(`Rows are sorted by at most ${mostSortKeys} columns; these are ${input.length}.`, path)
  const keys = input.map((one: unknown, i) => parseKey(one, scope, `${path}.${i}`))
  keys.forEach(({ of }, i) => {
    if (keys.slice(0, i).some((key) => key.of.name === of.name)) {
      throw new BadUserInput(`"${of.name}" is there twice; rows are sorted by a column once.`, `${path}.${i}.column`)
    }
  })
  return keys
}

/** The direction of the rows whose keys are all the same: they stand in the order of publishing, or the reverse. */
export function directionOfTies(order: readonly SortKey[]): Direction {
  return order.at(-1)?.direction ?? 'ASC'
}

function parseKey(input: unknown, scope: Scope, path: string): SortKey {
  if (!isJsonObject(input) || typeof input['column'] !== 'string') {
    throw new BadUserInput(`"${path}" should be an object that names its "column".`, path)
  }
  const direction = input['direction'] ?? 'ASC'
  if (direction !== 'ASC' && direction !== 'DESC') throw new BadUserInput('A direction is ASC or DESC.', `${path}.direction`)
  const of = resolveOne(input['column'], scope, `${path}.column`, 'Rows are sorted')
  if (of.column.type === 'JSON') {
    throw new BadUserInput(`Rows are not sorted by "${of.name}": it is ${typeName(of.column)}, which has no order.`, `${path}.column`)
  }
  return { of, direction, mayBeMissing: !of.isOwn || mayBeMissing(of.table, of.column) }
}

/** A column that has one value in each row: of the table itself, or of the row's record. */
export function resolveOne(name: string, scope: Scope, path: string, what: string): ResolvedColumn {
  const of = resolveColumn(scope, name, path)
  if (of.isOwn || (of.table.kind === 'records' && scope.table.kind === 'hook')) return of
  throw new BadUserInput(
    `${what} by the columns of their own table${scope.table.kind === 'hook' ? ' and of their record' : ''}; "${name}" may have many values for one row.`,
    path,
  )
}
