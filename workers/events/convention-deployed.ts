import type { ConventionDeployed } from '@strata/domain/shared'
import type { Log } from '../log.ts'
import type { Reconsider } from '../validation/reconsider.ts'

/** A new or changed convention computes nothing of records by itself. What waits for a hook that it no longer has need not. */
export function conventionDeployed({ log, reconsider }: { log: Log; reconsider: Reconsider }) {
  return async (event: ConventionDeployed): Promise<void> => {
    log.info({ convention: event.slug, created: event.created }, 'convention deployed')
    await reconsider({ convention: event.slug })
  }
}
