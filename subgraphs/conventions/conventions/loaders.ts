import type { Convention, SchemaRef } from '@strata/domain/convention'
import DataLoader from 'dataloader'
import { schemaKey } from '../schemas/loaders.ts'
import type { ConventionServices } from './services.ts'

export function conventionLoaders(conventions: ConventionServices) {
  return {
    convention: new DataLoader((slugs: readonly string[]) => conventions.conventions(slugs)),
    conventionsUsingHook: new DataLoader((names: readonly string[]) => conventions.conventionsUsing(names)),
    conventionsOfSchema: new DataLoader<SchemaRef, readonly Convention[], string>((refs) => conventions.conventionsOf(refs), {
      cacheKeyFn: schemaKey,
    }),
  }
}
