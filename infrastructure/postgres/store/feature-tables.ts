import type { FeatureTables } from '@strata/domain/registry'
import type { Transaction } from '../session/transaction.ts'
import { ensureTable } from '../tables/ensure-table.ts'
import { featureTable } from '../tables/feature-table.ts'

/** The tables for hooks' rows. A vocabulary hook has none: its output is mappings. */
export function featureTables(tx: Transaction): FeatureTables {
  return {
    async ensure(hook, feature) {
      switch (feature.kind) {
        case 'table':
          return ensureTable(tx, featureTable(hook, feature))
        case 'vocabulary':
          return
        default:
          feature satisfies never
      }
    },
  }
}
