import { isRecordId, type RecordId } from '@strata/domain/record'
import { BadUserInput, canonicalJson, digestOf, wrongForColumn, type Json } from '@strata/domain/shared'
import type { Reading } from './reading.ts'
import type { Predicate, Test } from './predicate.ts'
import type { SortKey } from './parse-order.ts'

/** A row's place in a reading: its sort keys, and the row's identity to break ties. */
export interface RowPlace {
  readonly keys: readonly Json[]
  readonly record: RecordId
  /** 0 in a records table. */
  readonly ordinal: number
}

/** Opaque to clients. Contains a digest of its reading, because with another filter or order it would mean another place. */
export function printCursor(reading: Reading, { keys, record, ordinal }: RowPlace): string {
  return Buffer.from(JSON.stringify([questionOf(reading), record, ordinal, ...keys])).toString('base64url')
}

export function parseCursor(reading: Reading, cursor: string, path = 'after'): RowPlace {
  const [question, record, ordinal, ...keys] = contentOf(cursor) ?? []
  if (typeof question === 'string' && typeof record === 'string' && isRecordId(record) && isOrdinal(ordinal)) {
    if (question !== questionOf(reading)) {
      throw new BadUserInput(
        `"${path}" is a cursor of another query; use it with the same table, filter, order, time, release and versions.`,
        path,
      )
    }
    if (keys.length === reading.order.length && reading.order.every((key, i) => fits(keys[i], key))) return { keys, record, ordinal }
  }
  throw new BadUserInput(`"${path}" is not a cursor of this list; use the endCursor of the previous page.`, path)
}

const longest = 16_384

function contentOf(cursor: string): readonly Json[] | undefined {
  if (cursor.length > longest) return undefined
  const text = Buffer.from(cursor, 'base64url').toString()
  if (Buffer.from(text).toString('base64url') !== cursor) return undefined
  try {
    const content = JSON.parse(text) as Json
    return Array.isArray(content) ? content : undefined
  } catch {
    return undefined
  }
}

function isOrdinal(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31
}

function fits(value: Json | undefined, { of, mayBeMissing }: SortKey): boolean {
  if (value === undefined) return false
  return value === null ? mayBeMissing : wrongForColumn(value, of.column.type) === undefined
}

/** A digest of the reading: equal readings have the same. */
function questionOf({ dataset, table, filter, order, asOf, release, allVersions }: Reading): string {
  const question = {
    convention: dataset.convention,
    table: table.name,
    filter: filter === undefined ? null : plain(filter),
    order: order.map(({ of, direction }) => [of.name, direction]),
    asOf: asOf?.toISOString() ?? null,
    release: release ?? null,
    // Left out otherwise: cursors printed before records had versions stay valid.
    ...(allVersions ? { versions: 'ALL' } : {}),
  }
  return digestOf(canonicalJson(question)).slice('sha256:'.length, 'sha256:'.length + 22)
}

function plain(predicate: Predicate): Json {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return [predicate.kind, ...predicate.of.map(plain)]
    case 'not':
      return ['not', plain(predicate.of)]
    case 'own':
      return ['own', plainTest(predicate.test)]
    case 'related':
      return ['related', predicate.table.name, ...predicate.tests.map(plainTest)]
    case 'search':
      return ['search', predicate.text]
  }
}

function plainTest({ column, ...test }: Test): Json {
  return [column.name, { ...test }]
}
