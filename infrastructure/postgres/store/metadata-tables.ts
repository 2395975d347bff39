import type { MetadataTables } from '@strata/domain/convention'
import type { Transaction } from '../setup/transaction.ts'
import { ensureTable } from '../tables/ensure-table.ts'
import { metadataTable } from '../tables/metadata-table.ts'

/** The typed tables of records' metadata, one per schema and major. */
export function metadataTables(tx: Transaction): MetadataTables {
  return { ensure: (schema) => ensureTable(tx, metadataTable(schema)) }
}
