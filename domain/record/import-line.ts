import { isDigest, isJsonObject, type Finding, type Json } from '@strata/domain/shared'
import type { RecordFileInput } from './files/file.ts'
import type { RecordInput } from './new-record.ts'

/** One line of an import: a record, or the fault of the line. `line` counts from 1. */
export type ImportLine = ReadableLine | BrokenLine

export interface ReadableLine {
  readonly line: number
  readonly record: RecordInput
}

export interface BrokenLine {
  readonly line: number
  readonly sourceId: string
  readonly findings: readonly Finding[]
}

const keys = new Set(['sourceId', 'metadata', 'files', 'expectedVersion', 'note'])

/** Reads `{sourceId, metadata, files?, expectedVersion?, note?}`. What the metadata holds is looked at later, with the schema. */
export function readImportLine(value: Json, line: number): ImportLine {
  if (!isJsonObject(value)) return brokenLine(line, 'The line should be an object with "sourceId" and "metadata".')
  const { sourceId, metadata = null, files, expectedVersion, note } = value
  if (typeof sourceId !== 'string')
    return brokenLine(line, '"sourceId" should be text: the name that the record has where it comes from.', 'sourceId')
  const unknown = Object.keys(value).find((key) => !keys.has(key))
  if (unknown !== undefined) {
    const shown = unknown.slice(0, 80).toWellFormed()
    return brokenLine(
      line,
      `A line has "sourceId", "metadata", "files", "expectedVersion" and "note", but no "${shown}"; fields belong into "metadata".`,
      shown,
      sourceId,
    )
  }
  if (expectedVersion !== undefined && expectedVersion !== null && !isVersion(expectedVersion))
    return brokenLine(line, '"expectedVersion" should be a version: 1, 2, 3 …', 'expectedVersion', sourceId)
  if (note !== undefined && note !== null && typeof note !== 'string') return brokenLine(line, '"note" should be text.', 'note', sourceId)
  const record = { sourceId, metadata, ...(expectedVersion == null ? {} : { expectedVersion }), ...(note == null ? {} : { note }) }
  if (files === undefined || files === null) return { line, record }
  const read = readFiles(files)
  return typeof read === 'string' ? brokenLine(line, read, 'files', sourceId) : { line, record: { ...record, files: read } }
}

function isVersion(value: Json): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

/** The files, or the fault of the list. */
function readFiles(files: Json): readonly RecordFileInput[] | string {
  if (!isList(files)) return '"files" should be a list of {"name", "digest", "size"}.'
  const read: RecordFileInput[] = []
  for (const [i, file] of files.entries()) {
    const { name, digest, size } = isJsonObject(file) ? file : {}
    if (typeof name !== 'string') return `"files[${i}]" has no "name".`
    if (typeof digest !== 'string' || !isDigest(digest))
      return `"files[${i}].digest" should be sha256: followed by 64 lower-case hex digits.`
    if (typeof size !== 'number' || !Number.isSafeInteger(size)) return `"files[${i}].size" should be a number of bytes.`
    read.push({ name, digest, size: BigInt(size) })
  }
  return read
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

export function brokenLine(line: number, message: string, field?: string, sourceId = ''): BrokenLine {
  return { line, sourceId, findings: [{ hook: 'metadata', kind: 'INVALID_METADATA', message, ...(field === undefined ? {} : { field }) }] }
}
