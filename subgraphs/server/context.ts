import type { ConventionQueries, DeployInput, DeployResult } from '@strata/domain/convention'
import type { DatasetQueries } from '@strata/domain/dataset'
import type { Principal } from '@strata/domain/identity'
import type { ImportInput, ImportResult, PublishInput, PublishResult, RecordQueries } from '@strata/domain/record'
import type {
  CreateReleaseInput,
  CreateReleaseResult,
  HookRelease,
  RegistryQueries,
  SetLiveInput,
  SetLiveResult,
  SetReleaseStateInput,
} from '@strata/domain/registry'
import type { Loaders } from './loaders.ts'

/** What a resolver may reach. Made anew for each request. */
export interface SubgraphContext {
  readonly principal: Principal
  /** This node's domain, the one in its records' names. */
  readonly domain: string
  readonly services: Services
  readonly loaders: Loaders
}

/** What a mutation's resolver gets: its gate was passed, and `actor` is who passed it. */
export interface MutationContext extends SubgraphContext {
  readonly actor: string
}

/** Use cases, each run in one transaction, and queries. */
export interface Services {
  readonly deploy: (input: DeployInput, actor: string) => Promise<DeployResult>
  readonly createRelease: (input: CreateReleaseInput, actor: string) => Promise<CreateReleaseResult>
  readonly setLive: (input: SetLiveInput, actor: string) => Promise<SetLiveResult>
  readonly setReleaseState: (input: SetReleaseStateInput, actor: string) => Promise<HookRelease>
  readonly publishRecords: (input: PublishInput, actor: string) => Promise<readonly PublishResult[]>
  /** Many transactions: one for each chunk. */
  readonly importRecords: (input: ImportInput, actor: string) => AsyncGenerator<readonly ImportResult[], void>
  readonly conventions: ConventionQueries
  readonly registry: RegistryQueries
  readonly records: RecordQueries
  readonly datasets: DatasetQueries
}
