import { failureText, type FailureText } from './failure-text.ts'

/** The kind of failure that a runner observed. failure-policy.ts decides which kinds are retried. */
export const failureKinds = [
  'IMAGE_PULL',
  'CONFIG',
  'PERMISSION',
  'OOM',
  'TIMEOUT',
  'HOOK_EXIT',
  'INVALID_OUTPUT',
  'UPSTREAM',
  'RUNTIME',
  'CANCELLED',
  'UNKNOWN',
] as const
export type FailureKind = (typeof failureKinds)[number]

export interface RunFailure {
  readonly kind: FailureKind
  /**
   * Says what happened and what to do. Everyone who may see the run reads it, so it has no text from an engine, a registry or a cluster, and
   * no path or address of the worker's machine. Those go into the worker's log.
   */
  readonly message: FailureText
}

export function runFailure(kind: FailureKind, message: string): RunFailure {
  return { kind, message: failureText(message) }
}
