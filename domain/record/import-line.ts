import { isJsonObject, type Finding, type Json } from '@strata/domain/shared'
import type { RecordInput } from './publish-records.ts'

/** One line of an import: a record, or what is wrong with the line. `line` counts from 1. */
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

/** Reads `{sourceId, metadata, files?}`. What the metadata holds is looked at later, with the schema. */
export function readImportLine(value: Json, line: number): ImportLine {
  if (!isJsonObject(value)) return brokenLine(line, 'The line should be an object with "sourceId" and "metadata".')
  const { sourceId, metadata = null, files } = value
  if (typeof sourceId !== 'string') return brokenLine(line, '"sourceId" should be text: the name that the record has where it comes from.', 'sourceId')
  const unknown = Object.keys(value).find((key) => !keys.has(key))
  if (unknown !== undefined) {
    const shown = unknown.slice(0, 80).toWellFormed()
    return brokenLine(line, `A line has "sourceId", "metadata" and "files", but no "${shown}"; fields belong into "metadata".`, shown, sourceId)
  }
  if (files !== undefined && files !== null && !(Array.isArray(files) && files.length === 0)) {
    return brokenLine(line, 'Files cannot be imported yet.', 'files', sourceId)
  }
  return { line, record: { sourceId, metadata } }
}

export function brokenLine(line: number, message: string, field?: string, sourceId = ''): BrokenLine {
  return { line, sourceId, findings: [{ hook: 'metadata', kind: 'INVALID_METADATA', message, ...(field === undefined ? {} : { field }) }] }
}
