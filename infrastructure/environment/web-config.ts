import type { Values } from './values.ts'

/** What pages in browsers may do with this archive. */
export interface WebConfig {
  readonly corsOrigins: readonly string[]
}

export function webFrom(values: Values): WebConfig {
  return { corsOrigins: values.STRATA_CORS_ORIGINS ?? [] }
}
