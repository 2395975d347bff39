import { isSameSchema } from '@strata/domain/convention'
import { BadUserInput, NotFound, parseSlug, type Outbox, type Slug } from '@strata/domain/shared'
import { checkFiles, type FileGround } from './files/check-files.ts'
import { recordIdOfCandidate, type CandidateId } from './candidate.ts'
import type { RecordFileStore } from './files/file-ledger.ts'
import { firstRecordWarning } from './first-record.ts'
import type { FileSight } from './files/file-sight.ts'
import type { RecordFileInput } from './files/file.ts'
import type { SourceOrigin } from './record-source.ts'
import { checkRecords, type CheckedRecord, type CheckedRecords } from './check-records.ts'
import { checkOrigin } from './check-source.ts'
import type { RecordInput } from './new-record.ts'
import type { OnChange, PublishPorts } from './record-store.ts'
import { isGood, publishInRounds, type Publishable, type PublishVerdict } from './versions/publish-in-rounds.ts'

export interface PublishInput {
  readonly convention: string
  readonly origin: SourceOrigin
  readonly records: readonly RecordInput[]
  /** What to do with other content under a known source: `KEEP` what is published, which is the default. */
  readonly onChange?: OnChange
  /** Which files the records may name. Defaults to the actor's own and published files. */
  readonly sight?: FileSight
  /** Checks made before the transaction began. They are used only if the convention still has that schema. */
  readonly checked?: CheckedRecords
  /** The candidates of these records, by source id. A record keeps its candidate's id and results. */
  readonly candidates?: ReadonlyMap<string, CandidateId>
}

export type PublishResult = { readonly sourceId: string } & PublishVerdict

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
  const records = checked.records.map((record, i) => withCall(withFiles(record, input.records[i]?.files ?? [], ground), input, i))
  const warning = await warningOf(ports)
  const verdicts = await publishInRounds(
    ports,
    { convention, schema, sourceType: origin.type, onChange: input.onChange ?? 'KEEP' },
    records,
    actor,
  )
  await announce(ports.outbox, convention, verdicts)
  const results = verdicts.map((verdict, i) => ({ sourceId: input.records[i]?.sourceId ?? '', ...verdict }))
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
  return results.map((result, i) => (i === first && result.status === 'PUBLISHED' ? { ...result, warning } : result))
}

/** The files of a record can be judged only within the transaction, which keeps them from being swept. */
function withFiles(record: CheckedRecord, inputs: readonly RecordFileInput[], ground: FileGround): Publishable {
  const { files, findings } = checkFiles(inputs, ground)
  if ('findings' in record) return { findings: [...record.findings, ...findings] }
  return findings.length > 0 ? { findings } : { ...record, files }
}

/** What the call says of this record: its id as a candidate, the version that must be the newest, and what changed. */
function withCall(record: Publishable, { candidates, records }: PublishInput, i: number): Publishable {
  if (!isGood(record)) return record
  const candidate = candidates?.get(record.source.id)
  const { expectedVersion, note } = records[i] ?? {}
  return {
    ...record,
    ...(candidate === undefined ? {} : { id: recordIdOfCandidate(candidate) }),
    ...(expectedVersion == null ? {} : { expectedVersion }),
    ...(note == null ? {} : { note }),
  }
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

async function announce(outbox: Outbox, convention: Slug, verdicts: readonly PublishVerdict[]): Promise<void> {
  const ids = verdicts.flatMap((verdict) => (verdict.status === 'PUBLISHED' || verdict.status === 'REVISED' ? [verdict.id] : []))
  for (let i = 0; i < ids.length; i += recordsPerEvent) {
    await outbox.append({ type: 'RecordsPublished', convention, recordIds: ids.slice(i, i + recordsPerEvent) })
  }
}
