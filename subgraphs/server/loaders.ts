import type { Convention, Schema, SchemaRef } from '@strata/domain/convention'
import type { PublishedRecord, RecordId } from '@strata/domain/record'
import DataLoader from 'dataloader'
import type { Services } from './context.ts'

/** Batches look-ups: one query per request and type, however many references a response has. */
export interface Loaders {
  readonly convention: DataLoader<string, Convention | undefined>
  readonly schema: DataLoader<SchemaRef, Schema | undefined, string>
  readonly record: DataLoader<RecordId, PublishedRecord | undefined>
  readonly conventionsOfSchema: DataLoader<SchemaRef, readonly Convention[], string>
}

export function createLoaders({ conventions, records }: Services): Loaders {
  return {
    convention: new DataLoader((slugs) => conventions.conventions(slugs)),
    schema: new DataLoader((refs) => conventions.schemas(refs), { cacheKeyFn: schemaKey }),
    record: new DataLoader((ids) => records.records(ids)),
    conventionsOfSchema: new DataLoader((refs) => conventions.conventionsOf(refs), { cacheKeyFn: schemaKey }),
  }
}

function schemaKey(ref: SchemaRef): string {
  return `${ref.id}@${ref.version}`
}
