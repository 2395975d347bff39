import { BadUserInput, wrongForColumn, type ColumnType, type Json, type JsonObject } from '@strata/domain/shared'
import type { DataColumn } from '../dataset.ts'
import type { ResolvedColumn } from './column.ts'
import type { Test } from './predicate.ts'

export const testNames = ['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'in', 'contains', 'startsWith', 'isNull'] as const
const mostValues = 1_000

/** One test of one column: whether its type can be asked this, and whether the value is one of that type. */
export function parseTest(op: string, { column, name }: ResolvedColumn, input: JsonObject, path: string): Test {
  const checked = (value: Json | undefined, type: Pick<DataColumn, 'type' | 'listOf'>, at: string) =>
    checkValue(value, { ...type, name }, at)
  switch (op) {
    case 'isNull':
      return { op, column }
    case 'eq':
    case 'neq':
      return { op, column, value: checked(input['value'], column, `${path}.value`) }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      refuseUnless(ordered.has(column.type), op, name, column, 'compares numbers, texts and times', path)
      return { op, column, value: checked(input['value'], column, `${path}.value`) }
    case 'in':
      refuseUnless(column.listOf === undefined, op, name, column, 'looks for single values; use "contains" for each value of a list', path)
      return {
        op,
        column,
        values: valuesOf(input['values'], `${path}.values`).map((value, i) => checked(value, column, `${path}.values.${i}`)),
      }
    case 'contains':
      if (column.type === 'JSON')
        return { op: 'has', column, value: checked(input['value'], { type: column.listOf ?? 'JSON' }, `${path}.value`) }
      refuseUnless(column.type === 'TEXT', op, name, column, 'looks into texts and lists', path)
      return { op, column, text: String(checked(input['value'], column, `${path}.value`)) }
    case 'startsWith':
      refuseUnless(column.type === 'TEXT', op, name, column, 'looks into texts', path)
      return { op, column, text: String(checked(input['value'], column, `${path}.value`)) }
    default:
      throw new TypeError(`no test is called ${op}`)
  }
}

const ordered: ReadonlySet<ColumnType> = new Set(['TEXT', 'NUMBER', 'INTEGER', 'DATE', 'DATETIME', 'UUID'])

function refuseUnless(can: boolean, op: string, name: string, column: DataColumn, does: string, path: string): void {
  if (can) return
  throw new BadUserInput(`"${op}" ${does}, and "${name}" is ${typeName(column)}.`, `${path}.column`)
}

export function typeName({ type, listOf }: Pick<DataColumn, 'type' | 'listOf'>): string {
  return listOf === undefined ? `${type === 'INTEGER' ? 'an' : 'a'} ${type}` : `a list of ${listOf}`
}

function valuesOf(values: Json | undefined, path: string): readonly Json[] {
  if (!isList(values)) throw new BadUserInput(`"${path}" should be a list of values.`, path)
  if (values.length > mostValues)
    throw new BadUserInput(`"in" takes at most ${mostValues.toLocaleString('en')} values; these are ${values.length}.`, path)
  return values
}

function checkValue(value: Json | undefined, { name, type, listOf }: Pick<DataColumn, 'name' | 'type' | 'listOf'>, path: string): Json {
  if (value === null || value === undefined) {
    throw new BadUserInput(`A value to compare "${name}" with is missing; for rows without a value there is "isNull".`, path)
  }
  if (listOf !== undefined && !isList(value)) {
    throw new BadUserInput(`"${name}" is a list, so it is compared with a whole list; "contains" finds one value in it.`, path)
  }
  const wrong =
    isList(value) && listOf !== undefined
      ? value.map((one) => wrongForColumn(one, listOf)).find(Boolean)
      : (wrongForColumn(value, type) ?? wrongJson(value))
  if (wrong !== undefined)
    throw new BadUserInput(`"${name}" is ${typeName({ type, ...(listOf && { listOf }) })}: the value ${wrong}.`, path)
  return value
}

/** PostgreSQL's jsonb holds no NUL, and no half of a character. */
function wrongJson(value: Json): string | undefined {
  const text = JSON.stringify(value)
  return /(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i.test(text) ? 'contains a character that is not allowed in text' : undefined
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
