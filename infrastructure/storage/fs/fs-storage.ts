import type { Storage } from '@strata/domain/shared'
import { fsBlobs } from './blobs.ts'
import { fsRemovals } from './removals.ts'
import { fsStaging } from './staging.ts'

/** Content in files below one directory, which belongs only to this archive and is on one file system. */
export function fsStorage(root: string): Storage {
  return { blobs: fsBlobs(root), staging: fsStaging(root), removals: fsRemovals(root) }
}
