/** What went wrong, as a runner observed it. Which of them is retried, one policy decides: failure-policy.ts. */
export const failureKinds = [
  'IMAGE_PULL', 'CONFIG', 'PERMISSION', 'OOM', 'TIMEOUT', 'HOOK_EXIT', 'INVALID_OUTPUT', 'UPSTREAM', 'RUNTIME', 'CANCELLED', 'UNKNOWN',
] as const
export type FailureKind = (typeof failureKinds)[number]

export interface RunFailure {
  readonly kind: FailureKind
  /** What happened and what to do, in a sentence its reader can act on. */
  readonly message: string
}
