import type { Convention, Schema, SchemaRef } from '@strata/domain/convention'
import type { Deposition, DepositionId } from '@strata/domain/deposition'
import type { PublishedRecord, RecordFile, RecordId } from '@strata/domain/record'
import type { Backfill, BackfillProgress, HookRun, RunAttempt } from '@strata/domain/run'
import type { Hook, HookRelease, ReleaseTotals } from '@strata/domain/registry'
import DataLoader from 'dataloader'
import type { Services } from './services.ts'

/** Batches look-ups: one query per request and type, however many references a response has. */
export interface Loaders {
  readonly convention: DataLoader<string, Convention | undefined>
  readonly schema: DataLoader<SchemaRef, Schema | undefined, string>
  readonly record: DataLoader<RecordId, PublishedRecord | undefined>
  readonly filesOfRecord: DataLoader<RecordId, readonly RecordFile[]>
  readonly deposition: DataLoader<DepositionId, Deposition | undefined>
  readonly conventionsUsingHook: DataLoader<string, readonly Convention[]>
  readonly hook: DataLoader<string, Hook | undefined>
  readonly release: DataLoader<string, HookRelease | undefined>
  readonly releaseTotals: DataLoader<string, ReleaseTotals>
  readonly run: DataLoader<string, HookRun | undefined>
  readonly runAttempts: DataLoader<string, readonly RunAttempt[]>
  readonly backfill: DataLoader<string, Backfill | undefined>
  readonly backfillProgress: DataLoader<Backfill, BackfillProgress, string>
  readonly conventionsOfSchema: DataLoader<SchemaRef, readonly Convention[], string>
}

export function createLoaders({ conventions, records, files, registry, depositions, runs, backfills }: Services): Loaders {
  return {
    convention: new DataLoader((slugs) => conventions.conventions(slugs)),
    schema: new DataLoader((refs) => conventions.schemas(refs), { cacheKeyFn: schemaKey }),
    record: new DataLoader((ids) => records.records(ids)),
    filesOfRecord: new DataLoader((ids) => files.filesOf(ids)),
    deposition: new DataLoader((ids) => depositions.depositions(ids)),
    conventionsUsingHook: new DataLoader((names) => conventions.conventionsUsing(names)),
    hook: new DataLoader((names) => registry.hooks(names)),
    release: new DataLoader((ids) => registry.releases(ids)),
    releaseTotals: new DataLoader((ids) => registry.releaseTotals(ids)),
    run: new DataLoader((ids) => runs.runs(ids)),
    runAttempts: new DataLoader((ids) => runs.attemptsOf(ids)),
    backfill: new DataLoader((ids) => backfills.backfills(ids)),
    backfillProgress: new DataLoader((some) => backfills.progress(some), { cacheKeyFn: ({ id }) => id }),
    conventionsOfSchema: new DataLoader((refs) => conventions.conventionsOf(refs), { cacheKeyFn: schemaKey }),
  }
}

export function forget(loaders: Loaders): void {
  for (const loader of Object.values(loaders)) loader.clearAll()
}

function schemaKey(ref: SchemaRef): string {
  return `${ref.id}@${ref.version}`
}
