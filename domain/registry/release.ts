import { BadUserInput, type HookName } from '@strata/domain/shared'
import { parseRuntime, type ParsedRuntime, type RuntimeConfig, type RuntimeInput } from './runtime/runtime.ts'

/** The code behind a hook at one version. Immutable; versions are 1, 2, 3 … without gaps, per hook. */
export interface HookRelease {
  readonly id: ReleaseId
  readonly hook: HookName
  readonly version: number
  readonly runtime: RuntimeConfig
  /** Where the code stands in its author's own history, as given. */
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
  return { ...parseRuntime(input.runtime, `${path}.runtime`), sourceRef: parseSourceRef(input.sourceRef, `${path}.sourceRef`) }
}

const placeholders = new Set(['unknown', 'none', 'null', 'undefined', 'n/a', 'na', '-'])

/** Kept as given. A placeholder would break the chain from a row to the code that made it. */
function parseSourceRef(text: string, field: string): string {
  const fault = faultOf(text)
  if (fault === undefined) return text
  throw new BadUserInput(
    `${fault} Give where the code stands: a commit like git:https://example.org/hooks@<full sha> (add +dirty for uncommitted changes), or a DOI.`,
    field,
  )
}

function faultOf(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return 'The source ref is empty.'
  if (placeholders.has(trimmed.toLowerCase())) return `The source ref "${trimmed}" says nothing.`
  if (text.length > 1000) return 'The source ref has more than 1000 characters.'
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text) || !text.isWellFormed() ? 'The source ref has control characters in it.' : undefined
}
