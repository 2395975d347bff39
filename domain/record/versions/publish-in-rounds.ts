import type { Schema } from '@strata/domain/convention'
import { boundFindings, type Finding, type Slug } from '@strata/domain/shared'
import type { NewRecord } from '../new-record.ts'
import type { OnChange, PublishPorts, RecordStore } from '../record-store.ts'
import type { RecordId, RecordName } from '../record.ts'
import type { RecordSourceType } from '../record-source.ts'
import { changeFindings, contentChanges } from './content-changes.ts'
import type { NewestVersion } from './newest-version.ts'

/** What became of a record that was sent. CHANGED wrote nothing: its findings say how the content differs. */
export type PublishVerdict =
  | ({ readonly status: 'PUBLISHED'; readonly id: RecordId; readonly warning?: string } & RecordName)
  | ({ readonly status: 'DUPLICATE' | 'REVISED'; readonly id: RecordId } & RecordName)
  | ({ readonly status: 'CHANGED'; readonly id: RecordId; readonly findings: readonly Finding[] } & RecordName)
  | { readonly status: 'INVALID'; readonly findings: readonly Finding[] }

export type Publishable = NewRecord | { readonly findings: readonly Finding[] }

export function isGood(checked: Publishable): checked is NewRecord {
  return 'metadata' in checked
}

interface Publishing {
  readonly convention: Slug
  readonly schema: Schema
  readonly sourceType: RecordSourceType
  readonly onChange: OnChange
}

/**
 * One verdict per record, in order. A source that comes several times is published in as many rounds, as if in as many calls:
 * the answer does not depend on how a long import is cut into calls.
 */
export async function publishInRounds(
  ports: Pick<PublishPorts, 'records' | 'files'>,
  to: Publishing,
  sent: readonly Publishable[],
  actor: string,
): Promise<readonly PublishVerdict[]> {
  const verdicts = new Map<Publishable, PublishVerdict>()
  for (const round of roundsOf(sent.filter(isGood))) {
    for (const [record, verdict] of await publishRound(ports, to, round, actor)) verdicts.set(record, verdict)
  }
  return sent.map((record) => {
    if (!isGood(record)) return { status: 'INVALID', findings: boundFindings(record.findings) }
    const verdict = verdicts.get(record)
    if (verdict === undefined) throw new Error(`no verdict on the record of source ${record.source.id}`)
    return verdict
  })
}

/** The n-th round has the n-th record of each source. */
function roundsOf(records: readonly NewRecord[]): readonly (readonly NewRecord[])[] {
  const seen = new Map<string, number>()
  const rounds: NewRecord[][] = []
  for (const record of records) {
    const round = seen.get(record.source.id) ?? 0
    seen.set(record.source.id, round + 1)
    ;(rounds[round] ??= []).push(record)
  }
  return rounds
}

type Verdicts = Map<NewRecord, PublishVerdict>

async function publishRound(
  ports: Pick<PublishPorts, 'records' | 'files'>,
  to: Publishing,
  round: readonly NewRecord[],
  actor: string,
): Promise<Verdicts> {
  const verdicts: Verdicts = new Map()
  // What must be a revision of some version cannot be new.
  const maybeNew = round.filter(({ expectedVersion }) => expectedVersion === undefined)
  const ids = maybeNew.length === 0 ? [] : await ports.records.insertNew({ ...to, records: maybeNew }, actor)
  maybeNew.forEach((record, i) => {
    const id = ids[i]
    if (id !== undefined) verdicts.set(record, { status: 'PUBLISHED', id, identity: id, version: 1 })
  })
  const known = round.filter((record) => !verdicts.has(record))
  if (known.length > 0) await judgeKnown(ports.records, to, known, actor, verdicts)
  await attachFiles(ports.files, verdicts)
  return verdicts
}

/** Records whose source has been published before: the same content, other content, or a version that must not be. */
async function judgeKnown(
  store: RecordStore,
  { onChange, ...to }: Publishing,
  known: readonly NewRecord[],
  actor: string,
  verdicts: Verdicts,
): Promise<void> {
  const sources = { convention: to.convention, type: to.sourceType, ids: known.map(({ source }) => source.id) }
  const newest = await store.newestOf(sources, onChange === 'REVISE')
  const versions: { readonly record: NewRecord; readonly replaces: NewestVersion }[] = []
  for (const record of known) {
    const before = newest.get(record.source.id)
    const verdict = judge(record, before, to.schema, onChange)
    if (verdict === 'REVISE' && before !== undefined) versions.push({ record, replaces: before })
    else if (verdict !== 'REVISE') verdicts.set(record, verdict)
  }
  if (versions.length === 0) return
  const ids = await store.insertVersions({ ...to, versions }, actor)
  versions.forEach(({ record, replaces: { identity, version } }, i) => {
    const id = ids[i]
    if (id === undefined) throw new Error(`version ${version + 1} of ${identity} was not inserted`)
    verdicts.set(record, { status: 'REVISED', id, identity, version: version + 1 })
  })
}

function judge(record: NewRecord, newest: NewestVersion | undefined, schema: Schema, onChange: OnChange): PublishVerdict | 'REVISE' {
  const { expectedVersion } = record
  if (newest === undefined)
    return invalid('STALE_VERSION', `"expectedVersion" is ${expectedVersion}, but nothing was published under this "sourceId".`)
  const { id, identity, version, withdrawn } = newest
  if (withdrawn !== undefined) {
    const { kind, reason, at } = withdrawn
    const way = kind === 'RETRACTED' ? 'A curator can restore it.' : 'What is removed cannot be published again.'
    return invalid('WITHDRAWN', `This record was ${kind.toLowerCase()} at ${at.toISOString()}: ${reason} ${way}`)
  }
  const changes = contentChanges(newest, { schema, metadata: record.metadata, files: record.files })
  const name = { id, identity, version }
  if (changes.length === 0) return { status: 'DUPLICATE', ...name }
  if (expectedVersion !== undefined && expectedVersion !== version) {
    return invalid('STALE_VERSION', `Version ${version} is the newest, not ${expectedVersion}: read it, and send your change to that one.`)
  }
  return onChange === 'REVISE' ? 'REVISE' : { status: 'CHANGED', ...name, findings: boundFindings(changeFindings(changes, version)) }
}

function invalid(kind: 'WITHDRAWN' | 'STALE_VERSION', message: string): PublishVerdict {
  return { status: 'INVALID', findings: [{ hook: 'record', kind, message, field: kind === 'WITHDRAWN' ? 'sourceId' : 'expectedVersion' }] }
}

async function attachFiles(store: PublishPorts['files'], verdicts: Verdicts): Promise<void> {
  const attached = [...verdicts].flatMap(([{ files }, verdict]) =>
    (verdict.status === 'PUBLISHED' || verdict.status === 'REVISED') && files.length > 0 ? [{ record: verdict.id, files }] : [],
  )
  if (attached.length > 0) await store.attach(attached)
}
