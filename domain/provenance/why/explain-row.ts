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
import { notCountingBecause, type VersionStanding } from './version-standing.ts'

export type MadeRowId = Extract<RowId, { kind: 'made' }>

/** Port: reads what an explanation needs, as of `asOf` if given. */
export interface RowHistories {
  row(id: RowId): Promise<TableRow | undefined>
  /** For an existing row: its run, and what decides which release is effective for its record. */
  historyOf(id: MadeRowId, asOf: Date | undefined): Promise<{ readonly run: ExplainedRun; readonly history: RecordHistory }>
  /** How the version of the record that the row is about stands. */
  versionAt(id: MadeRowId, asOf: Date | undefined): Promise<VersionStanding>
  /** Rows of a record that these runs made, ordered by run and ordinal. */
  rowsOf(id: MadeRowId, runs: readonly string[], limit: number): Promise<readonly TableRow[]>
  /** For a missing row: how many rows the run made of the record; undefined if the run did not include the record. */
  rowsMade(id: MadeRowId): Promise<{ readonly status: string; readonly rows: number; readonly isKept: boolean } | undefined>
}

export interface ExplainedRun {
  readonly id: string
  readonly release: string
  /** When it was requested, which is when its release was chosen. */
  readonly askedAt: Instant
  readonly startedAt: Instant
  readonly ran: VerifiedArtifact
}

/** What ran, as resolved and verified in run.json, not in the registry. */
export interface VerifiedArtifact {
  readonly type: string
  readonly image?: string
  readonly digest: Digest
  readonly config: JsonObject
  readonly sourceRef: string
  /** Of the last attempt: more memory than the release asks for if an earlier attempt ran out of it. */
  readonly limits: { readonly memoryBytes: number; readonly cpuMillis: number; readonly timeoutSeconds: number }
  readonly isolation: readonly string[]
}

export interface RowExplanation {
  readonly id: MadeRowId
  readonly row: TableRow
  readonly run: ExplainedRun
  readonly madeLiveBy: Move | undefined
  /** Why no row of this version of the record counts; undefined if the version counts. */
  readonly versionNotCountingBecause: string | undefined
  /** The row's own release, or the one whose result is effective instead; undefined when none is. */
  readonly counting: ReleaseOfRecord | undefined
  readonly staleBecause: string | undefined
  /** Releases that were effective for the record before this one, latest first. */
  readonly superseded: readonly ReleaseOfRecord[]
}

/** Explains why a row has its values. */
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
  if (release === undefined || release.result.run !== id.run) throw new NotFound('The row did not exist at that time.', 'asOf')
  const version = await histories.versionAt(id, input.asOf)
  const because = staleBecause(history, id.hook, release, version.counts)
  return {
    id,
    row: row.made === undefined ? row : { ...row, made: { ...row.made, stale: because !== undefined } },
    run,
    madeLiveBy: madeLiveBy(history, run),
    versionNotCountingBecause: notCountingBecause(version),
    counting: version.counts ? countingAt(history, Number.POSITIVE_INFINITY) : undefined,
    staleBecause: because,
    superseded: supersededBy(history, release.id),
  }
}

const ofRecord =
  'No run made this row: it is a published record, and its "source" says where it came from. "why" explains rows of a hook\'s table.'

async function absent(histories: RowHistories, id: MadeRowId): Promise<NotFound> {
  const made = await histories.rowsMade(id)
  if (made === undefined) return new NotFound('There is no such row: the run did not include that record. Use an "id" from "rows".', 'row')
  if (!made.isKept)
    return new NotFound('Another run of the same release computed this record first, so the rows of this run were not stored.', 'row')
  const rows = made.rows === 0 ? 'no rows' : made.rows === 1 ? 'one row, 0' : `rows 0 to ${made.rows - 1}`
  return new NotFound(`There is no such row: the run made ${rows} for that record (${made.status}).`, 'row')
}
