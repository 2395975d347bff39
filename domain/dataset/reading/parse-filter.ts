import { BadUserInput, didYouMean, isJsonObject, QueryTooComplex } from '@strata/domain/shared'
import { costliestFilter, filterCost } from './filter-cost.ts'
import { resolveColumn, type ResolvedColumn, type Scope } from './column.ts'
import { parseTest, testNames } from './parse-test.ts'
import type { Predicate, Test } from './predicate.ts'
import type { ReadableTable } from './readable.ts'

const deepestFilter = 10
const largestFilter = 200
const longestSearch = 1_000

/** Parses JSON or GraphQL input in the shape of the API's `Filter`. Refuses invalid parts with their path. */
export function parseFilter(input: unknown, scope: Scope, path = 'filter'): Predicate {
  let size = 0
  const predicate = parse(input, path, 1)
  refuseCostly(filterCost(predicate, scope.table), path)
  return predicate

  function parse(input: unknown, path: string, depth: number): Predicate {
    const parsed = parseOne(input, path, depth)
    return 'kind' in parsed ? parsed : ofRow([parsed])
  }

  /** A test of another table is not a predicate yet: the tests of one table in one `all` must hold for the same row. */
  function parseOne(input: unknown, path: string, depth: number): Predicate | LooseTest {
    if (depth > deepestFilter) throw new BadUserInput(`A filter may be nested at most ${deepestFilter} deep; this one is deeper.`, path)
    if (++size > largestFilter) throw new BadUserInput(`A filter has at most ${largestFilter} conditions; this one has more.`, path)
    const { key, value } = onlyKey(input, path)
    const at = `${path}.${key}`
    switch (key) {
      case 'all':
        return { kind: 'all', of: together(list(value, at).map((one, i) => parseOne(one, `${at}.${i}`, depth + 1))) }
      case 'any':
        return { kind: 'any', of: list(value, at).map((one, i) => parse(one, `${at}.${i}`, depth + 1)) }
      case 'not':
        return { kind: 'not', of: parse(value, at, depth + 1) }
      case 'search':
        return { kind: 'search', text: searchText(value, at) }
      default:
        return parseLoose(key, value, at)
    }
  }

  function parseLoose(key: string, input: unknown, path: string): LooseTest {
    if (!isJsonObject(input) || typeof input['column'] !== 'string') {
      throw new BadUserInput(`"${path}" should be an object that names its "column".`, path)
    }
    const of = resolveColumn(scope, input['column'], `${path}.column`)
    return { of, test: parseTest(key, of, input, path) }
  }
}

function refuseCostly(cost: number, path: string): void {
  if (cost <= costliestFilter) return
  const [given, most] = [cost, costliestFilter].map((one) => one.toLocaleString('en-US'))
  throw new QueryTooComplex(
    `This filter costs ${given} comparisons for each row, and at most ${most} are allowed; search fewer texts, or send several queries.`,
    path,
  )
}

interface LooseTest {
  readonly of: ResolvedColumn
  readonly test: Test
}

/** Keeps own tests and groups, and merges all tests of one other table into one predicate. */
function together(parsed: readonly (Predicate | LooseTest)[]): Predicate[] {
  const related = new Map<ReadableTable, LooseTest[]>()
  const rest: Predicate[] = []
  for (const one of parsed) {
    if ('kind' in one) rest.push(one)
    else if (one.of.isOwn) rest.push(ofRow([one]))
    else related.set(one.of.table, [...(related.get(one.of.table) ?? []), one])
  }
  return [...rest, ...related.values().map(ofRow)]
}

function ofRow(tests: readonly LooseTest[]): Predicate {
  const [first] = tests
  if (first === undefined) throw new TypeError('no test')
  if (first.of.isOwn) return { kind: 'own', test: first.test }
  return { kind: 'related', table: first.of.table, tests: tests.map(({ test }) => test) }
}

/** The API checks GraphQL input for this; filters in addresses are checked only here. */
function onlyKey(input: unknown, path: string): { readonly key: string; readonly value: unknown } {
  if (!isJsonObject(input)) throw new BadUserInput(`"${path}" should be an object with one of ${keys.join(', ')}.`, path)
  const given = Object.entries(input).filter(([, value]) => value !== null && value !== undefined)
  const unknown = given.find(([key]) => !keys.includes(key))?.[0]
  if (unknown !== undefined) {
    const name = unknown.slice(0, 80).toWellFormed()
    throw new BadUserInput(`A filter has no key "${name}"; the keys are ${keys.join(', ')}.${didYouMean(name, keys)}`, path)
  }
  const [only] = given
  if (given.length === 1 && only !== undefined) return { key: only[0], value: only[1] }
  const what = given.length === 0 ? 'none is given' : `${given.map(([key]) => key).join(' and ')} are given`
  throw new BadUserInput(`"${path}" takes exactly one of ${keys.join(', ')}; ${what}.`, path)
}

const keys: readonly string[] = ['all', 'any', 'not', ...testNames, 'search']

function list(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new BadUserInput(`"${path}" should be a list of filters.`, path)
}

function searchText(value: unknown, path: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw new BadUserInput('"search" takes the words to look for.', path)
  if (value.length > longestSearch) throw new BadUserInput(`"search" takes at most ${longestSearch} characters.`, path)
  if (value.includes('\0') || !value.isWellFormed())
    throw new BadUserInput('"search" contains a character that is not allowed in text.', path)
  return value
}
