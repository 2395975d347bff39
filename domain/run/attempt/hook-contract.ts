/** The file names that hooks and the archive share, for containers and modules. */
export const hookFiles = {
  records: 'records.jsonl',
  config: 'config.json',
  features: 'features.jsonl',
  rejections: 'rejections.jsonl',
  errors: 'errors.jsonl',
  progress: 'progress.jsonl',
} as const

/** The complete environment of a hook, besides variables that an image sets. */
export interface HookEnvironment {
  readonly OSA_IN: string
  readonly OSA_OUT: string
  readonly OSA_FILES: string
  readonly OSA_HOOK_NAME: string
}

/** The uid and gid of hooks. */
export const hookUser = 65534
