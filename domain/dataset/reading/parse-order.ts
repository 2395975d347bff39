import { BadUserInput, isJsonObject } from '@strata/domain/shared'
import { resolveColumn, type ResolvedColumn, type Scope } from './column.ts'
import { typeName } from './parse-test.ts'
import { mayBeMissing } from './readable.ts'

const mostSortKeys = 8

/** Rows without a value come last in both directions. */
export interface SortKey {
  readonly of: ResolvedColumn
  readonly direction: Direction
  readonly mayBeMissing: boolean
}

export type Direction = 'ASC' | 'DESC'

/** Parses JSON or GraphQL input in the shape of the API's `[OrderBy!]`. */
export function parseOrder(input: unknown, scope: Scope, path = 'orderBy'): readonly SortKey[] {
  if (input === null || input === undefined) return []
  if (!Array.isArray(input)) throw new BadUserInput(`"${path}" should be a list of columns.`, path)
  if (input.length > mostSortKeys)
    throw new BadUserInput(`Rows are sorted by at most ${mostSortKeys} columns; these are ${input.length}.`, path)
  const keys = input.map((one: unknown, i) => parseKey(one, scope, `${path}.${i}`))
  keys.forEach(({ of }, i) => {
    if (keys.slice(0, i).some((key) => key.of.name === of.name)) {
      throw new BadUserInput(`"${of.name}" appears twice; sort by each column once.`, `${path}.${i}.column`)
    }
  })
  return keys
}

/** The direction of ties: in the order of publishing, or the reverse. */
export function directionOfTies(order: readonly SortKey[]): Direction {
  return order.at(-1)?.direction ?? 'ASC'
}

function parseKey(input: unknown, scope: Scope, path: string): SortKey {
  if (!isJsonObject(input) || typeof input['column'] !== 'string') {
    throw new BadUserInput(`"${path}" should be an object that names its "column".`, path)
  }
  const direction = input['direction'] ?? 'ASC'
  if (direction !== 'ASC' && direction !== 'DESC') throw new BadUserInput('A direction is ASC or DESC.', `${path}.direction`)
  const of = resolveOne(input['column'], scope, `${path}.column`, '"orderBy" takes')
  if (of.column.type === 'JSON') {
    throw new BadUserInput(`Rows cannot be sorted by "${of.name}": it is ${typeName(of.column)}, which has no order.`, `${path}.column`)
  }
  return { of, direction, mayBeMissing: !of.isOwn || mayBeMissing(of.table, of.column) }
}

/** A column with one value per row: of the table itself, or of the row's record. */
export function resolveOne(name: string, scope: Scope, path: string, what: string): ResolvedColumn {
  const of = resolveColumn(scope, name, path)
  if (of.isOwn || (of.table.kind === 'records' && scope.table.kind === 'hook')) return of
  throw new BadUserInput(
    `${what} only columns with one value for each row${scope.table.kind === 'hook' ? ', which are those of the table and of "records"' : ', which are those of the table itself'}; "${name}" may have several.`,
    path,
  )
}
