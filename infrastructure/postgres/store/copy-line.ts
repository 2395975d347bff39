import type { FeatureRow } from '@strata/domain/run'
import type { ColumnType, Json } from '@strata/domain/shared'

/** `from` is the ordinal of the first row. */
export type EncodeRows = (by: RowOrigin, record: string, rows: readonly FeatureRow[], from: number) => string

/** The run of the rows and the version of its release. */
interface RowOrigin {
  readonly run: string
  readonly version: number
}

/** Encodes rows in COPY's text format, one line each. The values were already checked against their columns. */
export function copyLines(types: readonly ColumnType[]): EncodeRows {
  const encoders = types.map((type) => encoderOf(type))
  return ({ run, version }, record, rows, from) => {
    let lines = ''
    for (let ordinal = 0; ordinal < rows.length; ordinal += 1) {
      const row = rows[ordinal] ?? []
      lines += `${run}\t${version}\t${record}\t${from + ordinal}`
      for (let i = 0; i < encoders.length; i += 1) {
        const value = row[i] ?? null
        lines += value === null ? '\t\\N' : `\t${encoders[i]?.(value)}`
      }
      lines += '\n'
    }
    return lines
  }
}

function encoderOf(type: ColumnType): (value: Json) => string {
  switch (type) {
    case 'NUMBER':
    case 'INTEGER':
    case 'BOOLEAN':
    case 'UUID':
    case 'DATE':
    case 'DATETIME':
      // These types were validated and contain no character that COPY escapes.
      return String
    case 'TEXT':
      return (value) => escaped(String(value))
    case 'JSON':
      return (value) => escaped(JSON.stringify(value))
    default:
      return type satisfies never
  }
}

const special = /[\\\t\n\r]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escaped(text: string): string {
  return special.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : text
}
