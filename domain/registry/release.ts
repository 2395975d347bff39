import { every, type HookName } from '@strata/domain/shared'
import { parseRuntime, type ParsedRuntime, type RuntimeConfig, type RuntimeInput } from './runtime/runtime.ts'
import { parseSourceRef } from './source-ref.ts'

/** The code behind a hook at one version. Immutable; versions are 1, 2, 3 … without gaps, per hook. */
export interface HookRelease {
  readonly id: ReleaseId
  readonly hook: HookName
  readonly version: number
  readonly runtime: RuntimeConfig
  /** Where the code is in its author's version history, as given when the release was created. More refs may be added. */
  readonly sourceRef: string
  readonly builtBy: string
  readonly builtAt: Date
  readonly state: ReleaseState
  readonly stateReason?: string
}

export type ReleaseId = string & { readonly [releaseId]: true }
declare const releaseId: unique symbol

/** Deprecated and yanked releases stay readable; a yanked one can never become live again. */
export type ReleaseState = 'ACTIVE' | 'DEPRECATED' | 'YANKED'

export interface ReleaseInput {
  readonly runtime: RuntimeInput
  readonly sourceRef: string
}

export interface ParsedRelease extends ParsedRuntime {
  readonly sourceRef: string
}

export function parseRelease(input: ReleaseInput, path: string): ParsedRelease {
  const { runtime, sourceRef } = every({
    runtime: () => parseRuntime(input.runtime, `${path}.runtime`),
    sourceRef: () => parseSourceRef(input.sourceRef, `${path}.sourceRef`),
  })
  return { ...runtime, sourceRef }
}
