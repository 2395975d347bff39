import type {
  CreateReleaseInput,
  CreateReleaseResult,
  HookRelease,
  RegistryQueries,
  SetLiveInput,
  SetLiveResult,
  SetReleaseStateInput,
} from '@strata/domain/registry'

type Queries = Pick<
  RegistryQueries,
  | 'releases'
  | 'releaseOf'
  | 'sourceRefs'
  | 'releaseTotals'
  | 'releasePages'
  | 'releaseCounts'
  | 'pointerEvents'
  | 'pointerPages'
  | 'pointerCounts'
>

export interface ReleaseServices extends Queries {
  readonly create: (input: CreateReleaseInput, actor: string) => Promise<CreateReleaseResult>
  readonly setLive: (input: SetLiveInput, actor: string) => Promise<SetLiveResult>
  readonly setState: (input: SetReleaseStateInput, actor: string) => Promise<HookRelease>
}
