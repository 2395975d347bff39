import type { Swept } from '@strata/domain/record'
import type { Log } from '../log.ts'
import { repeat, type Repeating } from '../relay/repeat.ts'

const batch = 500

export interface FileSweepOptions {
  readonly everyMs: number
  /** Sweeps at most so many files and uploads. */
  readonly sweep: (limit: number) => Promise<Swept>
  readonly log: Log
}

/** Uploads that no record has, and unfinished uploads, are removed after a grace period. */
export function startFileSweep({ everyMs, sweep, log }: FileSweepOptions): Pick<Repeating, 'close'> {
  return repeat({
    everyMs,
    task: async () => {
      const { files, uploads } = await sweep(batch)
      if (files + uploads > 0) log.info({ files, uploads }, 'swept files that nothing refers to, and unfinished uploads')
      return files === batch || uploads === batch
    },
    failed: (err) => log.error({ err }, 'unreferenced files could not be swept; this is tried again'),
  })
}
