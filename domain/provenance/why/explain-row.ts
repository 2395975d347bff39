import { parseRowId, type RowId, type TableRow } from '@strata/domain/dataset'
import { BadUserInput, NotFound, type Digest, type JsonObject } from '@strata/domain/shared'
import {
  countingAt,
  madeLiveBy,
  supersededBy,
  type Instant,
  type Move,
  type RecordHistory,
  type ReleaseOfRecord,
} from './record-history.ts'
import { staleBecause } from './stale-because.ts'

export type MadeRowId = Extract<RowId, { kind: 'made' }>

/** Port: what a row's explanation is made of; as much as was known at `asOf`, when there is one. */
export interface RowHistories {
  row(id: RowId): Promise<TableRow | undefined>
  /** Of a row that there is: its run, and what decides which release counts for its record. */
  historyOf(id: MadeRowId, asOf: Date | undefined): Promise<{ readonly run: ExplainedRun; readonly history: RecordHistory }>
  /** Rows of a record that these runs made, in the order of the runs and then of the rows. */
  rowsOf(id: MadeRowId, runs: readonly string[], limit: number): Promise<readonly TableRow[]>
  /** What became of rows that are not there: how many the run made of the record, if it had to do with it at all. */
  rowsMade(id: MadeRowId): Promise<{ readonly status: string; readonly rows: number; readonly isKept: boolean } | undefined>
}

export interface ExplainedRun {
  readonly id: string
  readonly release: string
  /** When it was asked for, which is when its release was chosen. */
  readonly askedAt: Instant
  readonly startedAt: Instant
  readonly ran: VerifiedArtifact
}

/** What ran, as it was resolved and verified then: the run's run.json says so, not the registry. */
export interface VerifiedArtifact {
  readonly type: string
  readonly image?: string
  readonly digest: Digest
  readonly config: JsonObject
  readonly sourceRef: string
  /** Of the last attempt: with more memory than the release asks for when one ran out of it. */
  readonly limits: { readonly memoryBytes: number; readonly cpuMillis: number; readonly timeoutSeconds: number }
  readonly isolation: readonly string[]
}

export interface RowExplanation {
  readonly id: MadeRowId
  readonly row: TableRow
  readonly run: ExplainedRun
  readonly madeLiveBy: Move | undefined
  /** Of the row's own release, or of the one whose result counts in its place; none when nothing counts. */
  readonly counting: ReleaseOfRecord | undefined
  readonly staleBecause: string | undefined
  /** Releases whose result counted for the record before this one's did, the latest first. */
  readonly superseded: readonly ReleaseOfRecord[]
}

/** Why does this row have this value? */
export async function explainRow(
  histories: RowHistories,
  input: { row: string; asOf: Date | undefined },
  domain: string,
): Promise<RowExplanation> {
  const id = parseRowId(input.row, domain, 'row')
  if (id === undefined) throw new NotFound('There is no such row in this archive.', 'row')
  if (id.kind === 'record') throw new BadUserInput(ofRecord, 'row')
  const row = await histories.row(id)
  if (row === undefined) throw await absent(histories, id)
  const { run, history } = await histories.historyOf(id, input.asOf)
  const release = history.releases.find((one) => one.id === run.release)
  if (release === undefined || release.result.run !== id.run) throw new NotFound('At that time there was no such row yet.', 'asOf')
  const because = staleBecause(history, id.hook, release)
  return {
    id,
    row: row.made === undefined ? row : { ...row, made: { ...row.made, stale: because !== undefined } },
    run,
    madeLiveBy: madeLiveBy(history, run),
    counting: countingAt(history, Number.POSITIVE_INFINITY),
    staleBecause: because,
    superseded: supersededBy(history, release.id),
  }
}

const ofRecord =
  'No run made this row: a record was published as it is, and "record" tells where it came from (its "source"). Ask why of a row of a hook\'s table.'

async function absent(histories: RowHistories, id: MadeRowId): Promise<NotFound> {
  const made = await histories.rowsMade(id)
  if (made === undefined)
    return new NotFound('There is no such row: that run had nothing to do with that record. Take the "id" that "rows" answers with.', 'row')
  if (!made.isKept)
    return new NotFound('That run came after another of the same release, whose result stands; its own rows were not kept.', 'row')
  const rows = made.rows === 0 ? 'no rows' : made.rows === 1 ? 'one row, 0' : `rows 0 to ${made.rows - 1}`
  return new NotFound(`There is no such row: of that record the run made ${rows} (${made.status}).`, 'row')
}
