import type { Principal } from '@strata/domain/identity'
import type { Headers } from './caller.ts'

/** What a subgraph serves beside GraphQL is for one of these purposes; as a service it expects the gateway's secret for that purpose. */
type MountPurpose = 'files' | 'import' | 'logs' | 'data'

/** Who calls; a refusal when the caller may not call this server at all. */
export type CallerOf = (headers: Headers) => Promise<Principal>

/** For each purpose, how its routes tell who calls: on the gateway by the token, on a service also by the gateway's secret. */
export type CallerFor = (purpose: MountPurpose) => CallerOf
