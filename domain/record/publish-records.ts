import { isSameSchema, type Schema } from '@strata/domain/convention'
import { BadUserInput, NotFound, parseSlug, type Finding, type Outbox, type Slug } from '@strata/domain/shared'
import { checkFiles, type FileGround } from './files/check-files.ts'
import { recordIdOfCandidate, type CandidateId } from './candidate.ts'
import type { RecordFileStore } from './files/file-ledger.ts'
import { firstRecordWarning, type Naming } from './first-record.ts'
import type { FileSight } from './files/file-sight.ts'
import type { RecordFileInput } from './files/file.ts'
import type { RecordId } from './record.ts'
import type { RecordSourceType, SourceOrigin } from './record-source.ts'
import { checkRecords, type CheckedRecord, type CheckedRecords } from './check-records.ts'
import { checkOrigin } from './check-source.ts'
import type { NewRecord, RecordInput } from './new-record.ts'

export interface PublishPorts {
  readonly records: RecordStore
  readonly files: RecordFileStore
  readonly outbox: Outbox
  readonly naming?: Naming
}

export interface RecordStore {
  /** The current schema of the convention's records; undefined when there is no such convention. */
  schemaOf(convention: Slug): Promise<Schema | undefined>
  /** Whether any record has ever been published in this archive. */
  hasRecords(): Promise<boolean>
  /** Inserts new records in one statement; returns one result per record, in order. */
  insertNew(batch: NewRecords, actor: string): Promise<readonly InsertedRecord[]>
}

export interface NewRecords {
  readonly convention: Slug
  readonly schema: Schema
  readonly sourceType: RecordSourceType
  readonly records: readonly NewRecord[]
}

export interface InsertedRecord {
  readonly id: RecordId
  /** False when a record of this source already existed; `id` is then that record's. */
  readonly isNew: boolean
}

export interface PublishInput {
  readonly convention: string
  readonly origin: SourceOrigin
  readonly records: readonly RecordInput[]
  /** The files that the records may name. Default: the actor's own and published files. */
  readonly sight?: FileSight
  /** Checks made before the transaction began. They are used only if the convention still has that schema. */
  readonly checked?: CheckedRecords
  /** The candidates of these records, by source id. A record keeps its candidate's id and results. */
  readonly candidates?: ReadonlyMap<string, CandidateId>
}

export type PublishResult = { readonly sourceId: string } & PublishVerdict
type PublishVerdict =
  | { readonly status: 'PUBLISHED' | 'DUPLICATE'; readonly id: RecordId; readonly warning?: string }
  | { readonly status: 'INVALID'; readonly findings: readonly Finding[] }

const maxRecordsPerCall = 10_000
const recordsPerEvent = 1_000

/** Publishes in bulk from any source. Returns one result per record, in order; an invalid record does not affect the others. */
export async function publishRecords(ports: PublishPorts, input: PublishInput, actor: string): Promise<readonly PublishResult[]> {
  const convention = parseSlug(input.convention, 'input.convention')
  if (input.records.length > maxRecordsPerCall) {
    throw new BadUserInput(`A call takes at most ${maxRecordsPerCall} records, not ${input.records.length}; send several.`, 'input.records')
  }
  const origin = checkOrigin(input.origin)
  const schema = await ports.records.schemaOf(convention)
  if (!schema) throw new NotFound(`There is no convention "${convention}"; deploy it first.`, 'input.convention')

  const known = input.checked !== undefined && isSameSchema(input.checked.schema, schema) ? input.checked : undefined
  const checked = known ?? (await checkRecords(input.records, schema, origin))
  const ground = await fileGround(ports.files, convention, input.records, input.sight ?? { of: 'OWN', actor })
  const records = checked.records.map((record, i) => withId(withFiles(record, input.records[i]?.files ?? [], ground), input.candidates))
  const batch = { convention, schema, sourceType: origin.type, records: records.filter(isGood) }
  const warning = await warningOf(ports)
  const inserted = await insert(ports, batch, actor)
  const results = records.map((record, i) => resultOf(input.records[i]?.sourceId ?? '', record, inserted.get(record)))
  return warning === undefined ? results : withWarning(results, warning, ports)
}

async function warningOf({ naming, records }: PublishPorts): Promise<string | undefined> {
  const warning = naming && firstRecordWarning(naming.domain)
  return warning === undefined || (await records.hasRecords()) ? undefined : warning
}

/** Puts the warning on the first published record. */
function withWarning(results: readonly PublishResult[], warning: string, { naming }: PublishPorts): readonly PublishResult[] {
  const first = results.findIndex(({ status }) => status === 'PUBLISHED')
  if (first >= 0) naming?.warn(warning)
  return results.map((result, i) => (i === first && result.status !== 'INVALID' ? { ...result, warning } : result))
}

type Publishable = NewRecord | { readonly findings: readonly Finding[] }

/** Files are checked within the transaction, which keeps the sweep from removing them. */
function withFiles(record: CheckedRecord, inputs: readonly RecordFileInput[], ground: FileGround): Publishable {
  const { files, findings } = checkFiles(inputs, ground)
  if ('findings' in record) return { findings: [...record.findings, ...findings] }
  return findings.length > 0 ? { findings } : { ...record, files }
}

function withId(record: Publishable, candidates: PublishInput['candidates']): Publishable {
  const candidate = isGood(record) ? candidates?.get(record.source.id) : undefined
  return candidate === undefined ? record : { ...record, id: recordIdOfCandidate(candidate) }
}

async function fileGround(
  files: RecordFileStore,
  convention: Slug,
  records: readonly RecordInput[],
  sight: FileSight,
): Promise<FileGround> {
  const digests = new Set(records.flatMap((record) => (record.files ?? []).map(({ digest }) => digest)))
  const rules = (await files.rulesOf(convention)) ?? { acceptedTypes: [], minCount: 0 }
  const stored = digests.size === 0 ? [] : await files.hold([...digests], sight)
  return { rules, stored: new Map(stored.map((file) => [file.digest, file])) }
}

async function insert(ports: PublishPorts, batch: NewRecords, actor: string): Promise<Map<Publishable, InsertedRecord>> {
  if (batch.records.length === 0) return new Map()
  const rows = await ports.records.insertNew(batch, actor)
  const fresh = rows.filter((row) => row.isNew).map((row) => row.id)
  await attachFiles(ports.files, batch.records, rows)
  for (let i = 0; i < fresh.length; i += recordsPerEvent) {
    const recordIds = fresh.slice(i, i + recordsPerEvent)
    await ports.outbox.append({ type: 'RecordsPublished', convention: batch.convention, recordIds })
  }
  return new Map(batch.records.flatMap((record, i) => (rows[i] ? [[record, rows[i]]] : [])))
}

async function attachFiles(store: RecordFileStore, records: readonly NewRecord[], rows: readonly InsertedRecord[]): Promise<void> {
  const attached = records.flatMap(({ files }, i) => (rows[i]?.isNew && files.length > 0 ? [{ record: rows[i].id, files }] : []))
  if (attached.length > 0) await store.attach(attached)
}

function isGood(checked: Publishable): checked is NewRecord {
  return 'metadata' in checked
}

function resultOf(sourceId: string, checked: Publishable, inserted: InsertedRecord | undefined): PublishResult {
  if (!isGood(checked)) return { sourceId, status: 'INVALID', findings: checked.findings }
  if (!inserted) throw new Error(`no answer for the record of source ${sourceId}`)
  return { sourceId, status: inserted.isNew ? 'PUBLISHED' : 'DUPLICATE', id: inserted.id }
}
