import type { TableFeature } from '@strata/domain/registry'
import type { HookName } from '@strata/domain/shared'
import { sqlTypes, type TableShape } from './table-shape.ts'

/** A hook's table: which record, which run made the row, which of the record's rows it is, and the hook's columns. */
export function featureTable(hook: HookName, { columns }: TableFeature): TableShape {
  return {
    schema: 'features',
    name: hook,
    columns: [
      { name: '_run', type: 'uuid', required: true },
      { name: '_record', type: 'uuid', required: true },
      { name: '_ordinal', type: 'integer', required: true },
      ...columns.map(({ name, type, required }) => ({ name, type: sqlTypes[type], required })),
    ],
    primaryKey: ['_run', '_record', '_ordinal'],
    indexes: [{ name: `${hook}_by_record`, columns: ['_record', '_run'] }],
    references: [{ column: '_run', table: 'hook_run', enforcedBy: 'trigger' }],
    rowsComeFromRuns: true,
  }
}
