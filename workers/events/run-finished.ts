import type { BatchFinished, RunFinished } from '@strata/domain/shared'
import type { Log } from '../log.ts'

/** How runs end is put on the operator's record; what follows from it is in their rows already. */
export function runFinished({ log }: { log: Log }) {
  return async ({ run, hook, version, status }: RunFinished): Promise<void> => log.info({ run, hook, version, status }, 'run finished')
}

export function batchFinished({ log }: { log: Log }) {
  return async ({ batch, convention }: BatchFinished): Promise<void> => log.info({ batch, convention }, 'batch finished')
}
