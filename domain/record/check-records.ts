import { metadataValidator, type CheckedMetadata, type Schema } from '@strata/domain/convention'
import type { Finding, Json } from '@strata/domain/shared'
import { checkNote, checkSourceId } from './check-source.ts'
import type { NewRecord, RecordInput } from './new-record.ts'
import type { SourceOrigin } from './record-source.ts'

/** A record whose source and metadata are valid. Its files are checked when it is published. */
export type CheckedRecord = Omit<NewRecord, 'files'> | { readonly findings: readonly Finding[] }

/** Records in the caller's order, and the schema that they were checked against. */
export interface CheckedRecords {
  readonly schema: Schema
  readonly records: readonly CheckedRecord[]
}

/** Checks records against the schema without using the database, so it can run before a transaction begins. */
export async function checkRecords(records: readonly RecordInput[], schema: Schema, origin: SourceOrigin): Promise<CheckedRecords> {
  const validate = metadataValidator(schema)
  const checked: CheckedRecord[] = []
  for (const record of records) checked.push(await check(record, validate, origin))
  return { schema, records: checked }
}

async function check(
  record: RecordInput,
  validate: (metadata: Json) => Promise<CheckedMetadata>,
  origin: SourceOrigin,
): Promise<CheckedRecord> {
  const badId = checkSourceId(record.sourceId)
  const checked = await validate(record.metadata)
  if (!checked.ok) return { findings: badId ? [badId, ...checked.findings] : checked.findings }
  const badNote = checkNote(record.note)
  if (badId || badNote) return { findings: [badId, badNote].filter((finding) => finding !== undefined) }
  return { source: { ...origin, id: record.sourceId }, metadata: checked.metadata }
}
