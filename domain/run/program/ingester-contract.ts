import type { Json, JsonObject } from '@strata/domain/shared'

/** The names that an ingester and the archive share, the same for a container and a module. */
export const ingesterFiles = {
  config: 'config.json',
  /** Read: where the last pull stopped. Written: where the next one goes on. */
  session: 'session.json',
  records: 'records.jsonl',
  progress: 'progress.jsonl',
  /** An empty file: the source has no more, and the session is only kept for the next harvest. */
  done: 'done',
} as const

/** One line of what an ingester pulled, checked. */
export type PulledRecord =
  | { readonly status: 'present'; readonly sourceId: string; readonly metadata: JsonObject; readonly files: readonly PulledFile[] }
  | { readonly status: 'deleted'; readonly sourceId: string }
  /** A line before it has the same source id, and counts. */
  | { readonly status: 'repeated'; readonly sourceId: string }
  /** The line breaks the contract, and costs the other records nothing. */
  | { readonly status: 'invalid'; readonly sourceId: string; readonly reason: string }

export interface PulledFile {
  readonly name: string
  /** Where it lies below the directory of files; the first part is the folder of its record. */
  readonly path: string
  readonly bytes: number
}

/** How a pull ended that exited with 0. */
export interface PullEnd {
  /** Handed to the next pull as it is. */
  readonly session?: Json
  /** The source had no more. */
  readonly done: boolean
}

/** The longest name of a folder on the usual file systems. */
const maxFolderBytes = 255

/**
 * The folder of a record's files: its source id, in which `%`, `/` and `\` are percent-encoded, and so are the ids `.` and `..`. No two
 * source ids have the same folder. Undefined when the id is too long for one.
 */
export function folderOf(sourceId: string): string | undefined {
  const isDots = sourceId === '.' || sourceId === '..'
  const folder = isDots ? sourceId.replaceAll('.', '%2E') : sourceId.replaceAll(/[%/\\]/g, encodeURIComponent)
  return new TextEncoder().encode(folder).length > maxFolderBytes ? undefined : folder
}
