import { applyRemovals, eraseStored } from '@strata/domain/record'
import type { Storage } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import type { Logger } from '@strata/infrastructure/telemetry'

interface Parts {
  readonly database: postgres.Database
  readonly storage: Pick<Storage, 'blobs' | 'removals'>
  readonly log: Logger
}

/** What removals do outside their transaction, on this database and this storage. */
export function removalTasks({ database, storage: { blobs, removals }, log }: Parts) {
  const erasures = postgres.erasureLedger(database)
  return {
    apply: () =>
      applyRemovals({
        log: removals,
        unknown: (ids) => postgres.unknownRemovals(database, ids),
        within: ({ actor }, work) =>
          postgres.withinChange({ operation: 'withdrawRecord', actor, targets: [] }, () =>
            postgres.transaction(database, (tx) => work(postgres.withdrawalStore(tx))),
          ),
      }),
    erase: () =>
      eraseStored({
        erasures,
        blobs,
        log: removals,
        failed: ({ kind, name }, err) =>
          log.error({ err, kind, name }, 'a part of a removed record could not be erased; this is tried again'),
      }),
  }
}
