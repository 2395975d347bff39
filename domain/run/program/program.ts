import type { HookName } from '@strata/domain/shared'

/** What a runner executes. Hooks and ingesters are released alike and share one namespace of names. */
export type Program =
  | { readonly kind: 'hook'; readonly name: HookName }
  | ({ readonly kind: 'ingester'; readonly name: HookName } & PullBounds)

export type ProgramKind = Program['kind']

/** What one attempt of an ingester may pull. */
export interface PullBounds {
  /** The most records; without it, as many as the source has. */
  readonly limit?: number
  /** Only what changed upstream since then. */
  readonly since?: Date
}

/** The uid and gid that a program has. */
export const programUser = 65534
