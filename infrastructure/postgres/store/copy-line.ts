import type { FeatureRow } from '@strata/domain/run'
import type { ColumnType, Json } from '@strata/domain/shared'

/** `from` is the ordinal of the first of the rows. */
export type EncodeRows = (by: RowOrigin, record: string, rows: readonly FeatureRow[], from: number) => string

/** The run that makes rows, and the version of its release. */
interface RowOrigin {
  readonly run: string
  readonly version: number
}

/** Writes rows as COPY's text format has them, a line each. The values were checked against their columns before. */
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
      // Checked to be what they are, none of these has a character that COPY reads otherwise.
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
