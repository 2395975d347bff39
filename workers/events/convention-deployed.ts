import type { ConventionDeployed } from '@strata/domain/shared'
import type { Log } from '../log.ts'

/** A new or changed convention computes nothing by itself; it is put on the operator's record. */
export function conventionDeployed({ log }: { log: Log }) {
  return async (event: ConventionDeployed): Promise<void> => {
    log.info({ convention: event.slug, created: event.created }, 'convention deployed')
  }
}
