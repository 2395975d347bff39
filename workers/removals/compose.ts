import { applyRemovals, eraseStored } from '@strata/domain/record'
import * as postgres from '@strata/infrastructure/postgres'
import type { Config } from '@strata/infrastructure/environment'
import { openStorage } from '@strata/infrastructure/storage'
import type { Logger } from '@strata/infrastructure/telemetry'

interface Parts {
  readonly config: Config
  readonly database: postgres.Database
  readonly log: Logger
}

/** What removals do outside their transaction, on this database and this storage. */
export function removalTasks({ config, database, log }: Parts) {
  const { blobs, removals } = openStorage(config)
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
