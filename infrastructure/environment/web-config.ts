import type { Values } from './values.ts'

/** What pages in browsers may do with this archive. */
export interface WebConfig {
  /** Names of this archive besides its public name and its address. */
  readonly hostNames: readonly string[]
  readonly corsOrigins: readonly string[]
}

export function webFrom(values: Values): WebConfig {
  return { hostNames: values.STRATA_HOST_NAMES ?? [], corsOrigins: values.STRATA_CORS_ORIGINS ?? [] }
}
