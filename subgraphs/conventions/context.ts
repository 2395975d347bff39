import type { SubgraphContext, SubgraphMutationContext } from '../server/context.ts'
import { conventionLoaders } from './conventions/loaders.ts'
import type { ConventionServices } from './conventions/services.ts'
import type { DeployServices } from './deploys/services.ts'
import { schemaLoaders } from './schemas/loaders.ts'
import type { SchemaServices } from './schemas/services.ts'

/** Those of each module. */
export interface ConventionsServices {
  readonly conventions: ConventionServices
  readonly schemas: SchemaServices
  readonly deploys: DeployServices
}

export function createLoaders(services: ConventionsServices) {
  return { ...conventionLoaders(services.conventions), ...schemaLoaders(services.schemas) }
}

type Loaders = ReturnType<typeof createLoaders>
export type Context = SubgraphContext<ConventionsServices, Loaders>
export type MutationContext = SubgraphMutationContext<ConventionsServices, Loaders>
