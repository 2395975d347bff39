import type { Principal } from '@strata/domain/identity'
import type { RecordNames } from '@strata/domain/record'
import type { SubgraphContext, SubgraphMutationContext } from '../server/context.ts'
import { recordNameLoaders } from '../server/record-name.ts'
import { backfillLoaders } from './backfills/loaders.ts'
import type { BackfillServices } from './backfills/services.ts'
import { hookLoaders } from './hooks/loaders.ts'
import type { HookServices } from './hooks/services.ts'
import type { IdentityServices } from './identity/services.ts'
import { logLoaders } from './logs/loaders.ts'
import type { LogServices } from './logs/services.ts'
import { releaseLoaders } from './releases/loaders.ts'
import type { ReleaseServices } from './releases/services.ts'
import { reproductionLoaders } from './reproductions/loaders.ts'
import type { ReproductionServices } from './reproductions/services.ts'
import { runLoaders } from './runs/loaders.ts'
import type { RunServices } from './runs/services.ts'
import type { VerificationServices } from './verification/services.ts'

/** Those of each module. */
export interface RegistryServices {
  readonly hooks: HookServices
  readonly releases: ReleaseServices
  readonly runs: RunServices
  readonly logs: LogServices
  readonly backfills: BackfillServices
  readonly reproductions: ReproductionServices
  readonly identity: IdentityServices
  readonly verification: VerificationServices
  readonly recordNames: RecordNames
}

export function createLoaders(services: RegistryServices, principal: Principal) {
  return {
    ...hookLoaders(services.hooks),
    ...releaseLoaders(services.releases),
    ...runLoaders(services.runs.viewsFor(principal)),
    ...logLoaders(services.logs.viewsFor(principal)),
    ...backfillLoaders(services.backfills),
    ...reproductionLoaders(services.reproductions),
    ...recordNameLoaders(services.recordNames),
  }
}

type Loaders = ReturnType<typeof createLoaders>
export type Context = SubgraphContext<RegistryServices, Loaders>
export type MutationContext = SubgraphMutationContext<RegistryServices, Loaders>
