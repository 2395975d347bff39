import type { BatchFinished, RunFinished } from '@strata/domain/shared'
import type { Log } from '../log.ts'
import type { Reconsider } from '../validation/reconsider.ts'

/** How runs end is put on the operator's record; what follows from it for records is in their rows already. */
export function runFinished({ log, reconsider }: { log: Log; reconsider: Reconsider }) {
  return async ({ run, hook, version, status }: RunFinished): Promise<void> => {
    log.info({ run, hook, version, status }, 'run finished')
    await reconsider({ run })
  }
}

export function batchFinished({ log }: { log: Log }) {
  return async ({ batch, convention }: BatchFinished): Promise<void> => log.info({ batch, convention }, 'batch finished')
}
