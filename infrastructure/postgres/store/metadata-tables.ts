import type { MetadataTables, Schema } from '@strata/domain/convention'
import type { Transaction } from '../session/transaction.ts'
import { dropOtherColumns } from '../tables/drop-other-columns.ts'
import { ensureTable } from '../tables/ensure-table.ts'
import { metadataTable } from '../tables/metadata-table.ts'

/** The typed tables of records' metadata, one per schema and major. */
export function metadataTables(tx: Transaction): MetadataTables {
  return {
    ensure: (schema) => ensureTable(tx, metadataTable(schema)),

    async forget(versions: readonly Schema[]) {
      const [first] = versions
      if (first === undefined) return
      // Within a major, a field's type never changes.
      const fields = new Map(versions.flatMap((version) => version.fields).map((field) => [field.name, field]))
      await dropOtherColumns(tx, metadataTable({ ...first, fields: [...fields.values()] }))
    },
  }
}
