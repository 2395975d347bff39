import type { SubgraphContext, SubgraphMutationContext } from '../server/context.ts'
import { depositionLoaders } from './depositions/loaders.ts'
import type { DepositionServices } from './depositions/services.ts'
import { fileLoaders } from './files/loaders.ts'
import type { FileServices } from './files/services.ts'
import type { ImportServices } from './import/services.ts'
import { recordLoaders } from './records/loaders.ts'
import type { RecordServices } from './records/services.ts'

/** Those of each module. */
export interface RecordsServices {
  readonly records: RecordServices
  readonly depositions: DepositionServices
  readonly files: FileServices
  readonly import: ImportServices
}

export function createLoaders(services: RecordsServices) {
  return { ...recordLoaders(services.records), ...depositionLoaders(services.depositions), ...fileLoaders(services.files) }
}

type Loaders = ReturnType<typeof createLoaders>
export type Context = SubgraphContext<RecordsServices, Loaders>
export type MutationContext = SubgraphMutationContext<RecordsServices, Loaders>
