/** The file names that hooks and the archive share, for containers and modules. */
export const hookFiles = {
  records: 'records.jsonl',
  config: 'config.json',
  features: 'features.jsonl',
  rejections: 'rejections.jsonl',
  errors: 'errors.jsonl',
  progress: 'progress.jsonl',
} as const
