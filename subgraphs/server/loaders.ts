import type { Listing, Page } from '@strata/domain/shared'
import DataLoader from 'dataloader'

/** Batch look-ups: one query per request and type, however many references a response has. Each module has its own. */
export type Loaders = Readonly<Record<string, { clearAll(): unknown }>>

/** Loads pages of lists that belong to different things, such as the releases of each hook of an answer. */
export type PageLoader<Of, Key, Item> = DataLoader<Listing<Of, Key>, Page<Item>, string>

/** One statement reads for so many keys: PostgreSQL plans a part of it for each. */
const mostTogether = 100

/** A loader whose keys are objects: two with the same content are the same key. */
export function loadTogether<Key, Value>(load: (keys: readonly Key[]) => Promise<readonly Value[]>): DataLoader<Key, Value, string> {
  return new DataLoader(load, { cacheKeyFn: (key) => JSON.stringify(key), maxBatchSize: mostTogether })
}

export function forget(loaders: Loaders): void {
  for (const loader of Object.values(loaders)) loader.clearAll()
}
