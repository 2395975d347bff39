/** The names that a hook and the archive share, the same for a container and a module. */
export const hookFiles = {
  records: 'records.jsonl',
  config: 'config.json',
  features: 'features.jsonl',
  rejections: 'rejections.jsonl',
  errors: 'errors.jsonl',
  progress: 'progress.jsonl',
} as const
