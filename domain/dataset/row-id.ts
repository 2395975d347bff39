import { isRecordId, recordRefOf, recordSrn, type RecordId, type RecordRef } from '@strata/domain/record'
import { BadUserInput, parseSrn, type HookName } from '@strata/domain/shared'
import type { TableRow } from './dataset.ts'

/** A row of a records table has the id of its record; a hook's row is identified by run, record and position. */
export type RowId =
  | { readonly kind: 'record'; readonly ref: RecordRef }
  | { readonly kind: 'made'; readonly hook: HookName; readonly run: string; readonly record: RecordId; readonly ordinal: number }

export function printRowId({ record, name, made }: TableRow, domain: string): string {
  return made === undefined ? recordSrn(domain, name) : `${made.hook}:${made.run}:${record}:${made.ordinal}`
}

/** Undefined for an id that cannot be a row of this archive. */
export function parseRowId(id: string, domain: string, path = 'id'): RowId | undefined {
  if (id.startsWith('urn:')) {
    const ref = recordRefOf(parseSrn(id, path), domain)
    return ref === undefined ? undefined : { kind: 'record', ref }
  }
  const [, hook, run = '', record = '', ordinal] = /^([a-z][a-z0-9_]{0,39}):([0-9a-f-]{36}):([0-9a-f-]{36}):([0-9]{1,9})$/.exec(id) ?? []
  if (hook !== undefined && isRecordId(run) && isRecordId(record)) {
    return { kind: 'made', hook: hook as HookName, run, record, ordinal: Number(ordinal) }
  }
  throw new BadUserInput(`"${id.slice(0, 120).toWellFormed()}" is not the id of a row; use an "id" from "rows".`, path)
}
