import type { TableFeature } from '@strata/domain/registry'
import type { HookName } from '@strata/domain/shared'
import { indexName } from './index-name.ts'
import { sqlTypes, type ShapeIndex, type TableShape } from './table-shape.ts'

/**
 * A hook's table: the record, the run that made the row, the ordinal of the row, and the hook's columns. The version of the run's release is
 * repeated, so that a release's rows are found without a join.
 */
export function featureTable(hook: HookName, feature: TableFeature): TableShape {
  return {
    schema: 'features',
    name: hook,
    columns: [
      { name: '_run', type: 'uuid', required: true },
      { name: '_record', type: 'uuid', required: true },
      { name: '_ordinal', type: 'integer', required: true },
      { name: '_version', type: 'integer', required: true },
      ...feature.columns.map(({ name, type, required }) => ({ name, type: sqlTypes[type], required })),
    ],
    primaryKey: ['_run', '_record', '_ordinal'],
    indexes: [{ name: `${hook}_by_record`, columns: ['_record', '_ordinal'] }, ...columnIndexes(hook, feature)],
    references: [{ column: '_run', table: 'hook_run', enforcedBy: 'trigger' }],
    rowsComeFromRuns: true,
  }
}

/** Every index slows down writes, so only the first columns have one. The author chooses their order. */
const maxIndexedColumns = 8

function columnIndexes(hook: HookName, { columns }: TableFeature): ShapeIndex[] {
  const sortable = columns.filter(({ type }) => type !== 'JSON').slice(0, maxIndexedColumns)
  const texts = columns.filter(({ type }) => type === 'TEXT')
  return [
    // The row's identity makes the sort by any column total, and is the key of a page's end.
    ...sortable.map(({ name }): ShapeIndex => ({ name: indexName(hook, name), columns: [name, '_record', '_ordinal'] })),
    ...(texts.length === 0
      ? []
      : [{ name: indexName(hook, '_search'), columns: texts.map(({ name }) => name), method: 'search' as const }]),
  ]
}
