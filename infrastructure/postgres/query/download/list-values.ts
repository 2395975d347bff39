import type { ColumnType } from '@strata/domain/shared'

/** Converts a list in JSON text into values for a Parquet file. */
export function listValues(json: string, of: ColumnType): readonly unknown[] {
  const list = parse(json, of === 'INTEGER' ? wholeNumber : undefined)
  if (!Array.isArray(list)) throw new TypeError('A column of lists holds something other than a list.')
  const value = valueOf[of]
  return value === undefined ? list : list.map((item: unknown) => (item === null ? null : value(item)))
}

/** TypeScript's types lack the reviver's `source` argument. */
const parse = JSON.parse as (text: string, reviver?: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown

/** Uses the digits in the text: a JavaScript number would lose some of a long one. */
function wholeNumber(_key: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== 'number') return value
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : BigInt(value)
}

const valueOf: { readonly [Type in ColumnType]?: (item: unknown) => unknown } = {
  JSON: (item) => Buffer.from(JSON.stringify(item)),
  DATE: (item) => Date.parse(String(item)) / 86_400_000,
  DATETIME: (item) => microseconds(String(item)),
}

/** JavaScript times have milliseconds, the archive's have microseconds. */
function microseconds(time: string): bigint {
  const [fraction = ''] = /(?<=\.)\d+/.exec(time) ?? []
  return BigInt(Date.parse(time.replace(/\.\d+/, ''))) * 1_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'))
}
