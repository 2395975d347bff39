import type { Convention, Schema, SchemaRef } from '@strata/domain/convention'
import type { Citation, DatasetQueries, FeaturesQuestion, RecordOfHook, RecordOutcome, Staleness, TableRow } from '@strata/domain/dataset'
import type { Deposition, DepositionId } from '@strata/domain/deposition'
import type { PublishedRecord, RecordFile, RecordFilter, RecordId } from '@strata/domain/record'
import type {
  AttemptView,
  Backfill,
  BackfillProgress,
  LogTail,
  ReasonCount,
  ReasonsWanted,
  Reproduction,
  ResultFilter,
  RunFilter,
  RunResult,
  RunView,
  RunViews,
} from '@strata/domain/run'
import type { HookName, Listing, Page } from '@strata/domain/shared'
import type { Hook, HookRelease, PointerEvent, ReleaseTotals } from '@strata/domain/registry'
import DataLoader from 'dataloader'
import type { Services } from './services.ts'

/** Batches look-ups: one query per request and type, however many references a response has. */
export interface Loaders {
  readonly convention: DataLoader<string, Convention | undefined>
  readonly schema: DataLoader<SchemaRef, Schema | undefined, string>
  readonly record: DataLoader<RecordId, PublishedRecord | undefined>
  readonly filesOfRecord: DataLoader<RecordId, readonly RecordFile[]>
  readonly staleness: DataLoader<RecordOfHook, Staleness, string>
  readonly outcomesOfRecord: DataLoader<RecordId, readonly RecordOutcome[]>
  readonly featuresOfRecord: DataLoader<FeaturesOfRecord, readonly TableRow[], string>
  readonly momentOfDataset: DataLoader<string, Date>
  readonly releasesOfCitation: DataLoader<Citation, readonly string[], string>
  readonly deposition: DataLoader<DepositionId, Deposition | undefined>
  readonly conventionsUsingHook: DataLoader<string, readonly Convention[]>
  readonly hook: DataLoader<string, Hook | undefined>
  readonly release: DataLoader<string, HookRelease | undefined>
  readonly sourceRefs: DataLoader<string, readonly string[]>
  readonly pointerEvent: DataLoader<string, PointerEvent | undefined>
  readonly releaseTotals: DataLoader<string, ReleaseTotals>
  readonly run: DataLoader<string, RunView | undefined>
  readonly runAttempts: DataLoader<string, readonly AttemptView[]>
  readonly backfill: DataLoader<string, Backfill | undefined>
  readonly backfillProgress: DataLoader<Backfill, BackfillProgress, string>
  readonly conventionsOfSchema: DataLoader<SchemaRef, readonly Convention[], string>
  readonly recordPage: Listed<RecordFilter, RecordId, PublishedRecord>
  readonly recordCount: DataLoader<RecordFilter, number, string>
  readonly releasePage: Listed<HookName, number, HookRelease>
  readonly releaseCount: DataLoader<HookName, number>
  readonly pointerPage: Listed<HookName, number, PointerEvent>
  readonly pointerCount: DataLoader<HookName, number>
  readonly runPage: Listed<RunFilter, string, RunView>
  readonly runCount: DataLoader<RunFilter, number, string>
  readonly reproductionPage: Listed<string, string, Reproduction>
  readonly reproductionCount: DataLoader<string, number>
  readonly resultPage: Listed<ResultFilter, number, RunResult>
  readonly resultCount: DataLoader<ResultFilter, number, string>
  readonly reasons: DataLoader<ReasonsWanted, readonly ReasonCount[], string>
  readonly logTail: DataLoader<LogTail, string | undefined, string>
}

/** Pages of lists that belong to different things, such as the releases of each hook of an answer. */
type Listed<Of, Key, Item> = DataLoader<Listing<Of, Key>, Page<Item>, string>

export function createLoaders(
  { conventions, records, files, registry, depositions, datasets, citations, backfills, reproductions }: Services,
  runs: RunViews,
): Loaders {
  return {
    convention: new DataLoader((slugs) => conventions.conventions(slugs)),
    schema: new DataLoader((refs) => conventions.schemas(refs), { cacheKeyFn: schemaKey }),
    record: new DataLoader((ids) => records.records(ids)),
    filesOfRecord: new DataLoader((ids) => files.filesOf(ids)),
    outcomesOfRecord: new DataLoader((ids) => datasets.outcomesOf(ids)),
    staleness: new DataLoader((pairs) => datasets.stalenessOf(pairs), { cacheKeyFn: ({ record, hook }) => `${record} ${hook}` }),
    featuresOfRecord: new DataLoader((wanted) => featuresOf(datasets, wanted), {
      cacheKeyFn: (one) => `${one.record} ${questionKey(one)}`,
    }),
    momentOfDataset: new DataLoader((slugs) => citations.momentsOf(slugs)),
    releasesOfCitation: new DataLoader((some) => citations.releasesOf(some), { cacheKeyFn: ({ id }) => id }),
    deposition: new DataLoader((ids) => depositions.depositions(ids)),
    conventionsUsingHook: new DataLoader((names) => conventions.conventionsUsing(names)),
    hook: new DataLoader((names) => registry.hooks(names)),
    release: new DataLoader((ids) => registry.releases(ids)),
    sourceRefs: new DataLoader((ids) => registry.sourceRefs(ids)),
    pointerEvent: new DataLoader((ids) => registry.pointerEvents(ids)),
    releaseTotals: new DataLoader((ids) => registry.releaseTotals(ids)),
    run: new DataLoader((ids) => runs.runs(ids)),
    runAttempts: new DataLoader((ids) => runs.attemptsOf(ids)),
    backfill: new DataLoader((ids) => backfills.backfills(ids)),
    backfillProgress: new DataLoader((some) => backfills.progress(some), { cacheKeyFn: ({ id }) => id }),
    conventionsOfSchema: new DataLoader((refs) => conventions.conventionsOf(refs), { cacheKeyFn: schemaKey }),
    recordPage: together((listings) => records.recordPages(listings)),
    recordCount: together((filters) => records.recordCounts(filters)),
    releasePage: together((listings) => registry.releasePages(listings)),
    releaseCount: new DataLoader((names) => registry.releaseCounts(names)),
    pointerPage: together((listings) => registry.pointerPages(listings)),
    pointerCount: new DataLoader((names) => registry.pointerCounts(names)),
    runPage: together((listings) => runs.runPages(listings)),
    runCount: together((filters) => runs.runCounts(filters)),
    reproductionPage: together((listings) => reproductions.reproductionPages(listings)),
    reproductionCount: new DataLoader((ids) => reproductions.reproductionCounts(ids)),
    resultPage: together((listings) => runs.resultPages(listings)),
    resultCount: together((filters) => runs.resultCounts(filters)),
    reasons: together((wanted) => runs.reasons(wanted)),
    logTail: together((wanted) => runs.tails(wanted)),
  }
}

/** One statement reads for so many keys: PostgreSQL plans a part of it for each. */
const mostTogether = 100

function together<Key, Value>(load: (keys: readonly Key[]) => Promise<readonly Value[]>): DataLoader<Key, Value, string> {
  return new DataLoader(load, { cacheKeyFn: (key) => JSON.stringify(key), maxBatchSize: mostTogether })
}

export function forget(loaders: Loaders): void {
  for (const loader of Object.values(loaders)) loader.clearAll()
}

function schemaKey(ref: SchemaRef): string {
  return `${ref.id}@${ref.version}`
}

interface FeaturesOfRecord extends FeaturesQuestion {
  readonly record: RecordId
}

/** One query for each hook and time that are asked for, however many records there are. */
async function featuresOf(datasets: DatasetQueries, wanted: readonly FeaturesOfRecord[]): Promise<(readonly TableRow[] | Error)[]> {
  const answers = new Map<FeaturesOfRecord, readonly TableRow[] | Error>()
  for (const group of Map.groupBy(wanted, questionKey).values()) {
    const [question] = group
    if (question === undefined) continue
    const rows = await datasets
      .featuresOf(
        question,
        group.map(({ record }) => record),
      )
      .catch(asError)
    group.forEach((one, i) => answers.set(one, rows instanceof Error ? rows : (rows[i] ?? [])))
  }
  return wanted.map((one) => answers.get(one) ?? [])
}

function questionKey({ hook, asOf, limit }: FeaturesQuestion): string {
  return `${hook} ${asOf?.toISOString() ?? ''} ${limit}`
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
