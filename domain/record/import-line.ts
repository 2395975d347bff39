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

const keys = new Set(['sourceId', 'metadata', 'files'])

/** Parses `{sourceId, metadata, files?}`. The metadata is checked later against the schema. */
export function readImportLine(value: Json, line: number): ImportLine {
  if (!isJsonObject(value)) return brokenLine(line, 'The line should be an object with "sourceId" and "metadata".')
  const { sourceId, metadata = null, files } = value
  if (typeof sourceId !== 'string') return brokenLine(line, '"sourceId" should be text: the id of the record at its source.', 'sourceId')
  const unknown = Object.keys(value).find((key) => !keys.has(key))
  if (unknown !== undefined) {
    const shown = unknown.slice(0, 80).toWellFormed()
    return brokenLine(
      line,
      `A line has "sourceId", "metadata" and "files", but no "${shown}"; fields belong in "metadata".`,
      shown,
      sourceId,
    )
  }
  if (files === undefined || files === null) return { line, record: { sourceId, metadata } }
  const read = readFiles(files)
  return typeof read === 'string' ? brokenLine(line, read, 'files', sourceId) : { line, record: { sourceId, metadata, files: read } }
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
