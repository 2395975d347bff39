/** The names that a hook and the archive share, the same for a container and a module. */
export const hookFiles = {
  records: 'records.jsonl',
  config: 'config.json',
  features: 'features.jsonl',
  rejections: 'rejections.jsonl',
  errors: 'errors.jsonl',
  progress: 'progress.jsonl',
} as const

/** All that a hook's environment has, besides what an image sets itself. */
export interface HookEnvironment {
  readonly OSA_IN: string
  readonly OSA_OUT: string
  readonly OSA_FILES: string
  readonly OSA_HOOK_NAME: string
}

/** The uid and gid that a hook has. */
export const hookUser = 65534
