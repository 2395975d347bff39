import type { Comparator, DataColumn, Test } from '@strata/domain/dataset'
import type { Json } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import { columnSql, indexedCharacters, sortable, value, values } from './table-sql.ts'

/** One test of one column. Null where the value is missing, which counts as false. */
export function compileTest(test: Test, alias: string): RawBuilder<boolean> {
  const column = columnSql(alias, test.column)
  switch (test.op) {
    case 'isNull':
      return sql`${column} is null`
    case 'in':
      return compileIn(test.column, test.values, alias)
    case 'has':
      return sql`${column} @> ${value(test.column, [test.value])}`
    case 'contains':
      return sql`strpos(${folded(column)}, ${folded(sql`${test.text}::text`)}) > 0`
    case 'startsWith':
      return sql`starts_with(${folded(column)}, ${folded(sql`${test.text}::text`)})`
    default:
      return compare(test.op, test.column, test.value, alias)
  }
}

/** As Unicode folds case: "STRASSE" finds "Straße". Columns are compared by code point otherwise, which folds ASCII alone. */
function folded(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`casefold(${text} collate "pg_unicode_fast")`
}

const operators: Readonly<Record<Comparator, RawBuilder<unknown>>> = {
  eq: sql`=`,
  neq: sql`<>`,
  lt: sql`<`,
  lte: sql`<=`,
  gt: sql`>`,
  gte: sql`>=`,
}
/** What must hold of the beginnings of two texts for it to hold of the texts. */
const ofBeginnings: Readonly<Record<Comparator, RawBuilder<unknown> | undefined>> = {
  eq: sql`=`,
  neq: undefined,
  lt: sql`<=`,
  lte: sql`<=`,
  gt: sql`>=`,
  gte: sql`>=`,
}

function compare(op: Comparator, column: DataColumn, given: Json, alias: string): RawBuilder<boolean> {
  const whole = sql<boolean>`${columnSql(alias, column)} ${operators[op]} ${value(column, given)}`
  const ofBeginning = ofBeginnings[op]
  if (column.type !== 'TEXT' || ofBeginning === undefined) return whole
  const beginning = beginningOf(String(given))
  // A text that is shorter than what is indexed compares with a beginning as with the whole.
  if (beginning.isWhole) return sql`${sortable(alias, column)} ${operators[op]} ${value(column, given)}`
  return sql`(${sortable(alias, column)} ${ofBeginning} ${value(column, beginning.text)} and ${whole})`
}

function compileIn(column: DataColumn, many: readonly Json[], alias: string): RawBuilder<boolean> {
  const whole = sql<boolean>`${columnSql(alias, column)} = any(${values(column, many)})`
  if (column.type !== 'TEXT') return whole
  const beginnings = many.map((one) => beginningOf(String(one)))
  const found = sql<boolean>`${sortable(alias, column)} = any(${values(
    column,
    beginnings.map(({ text }) => text),
  )})`
  return beginnings.every(({ isWhole }) => isWhole) ? found : sql`(${found} and ${whole})`
}

/** By code point, as PostgreSQL counts characters. */
function beginningOf(text: string): { readonly text: string; readonly isWhole: boolean } {
  const characters = text.length < indexedCharacters ? undefined : [...text]
  if (characters === undefined || characters.length < indexedCharacters) return { text, isWhole: true }
  return { text: characters.slice(0, indexedCharacters).join(''), isWhole: false }
}
