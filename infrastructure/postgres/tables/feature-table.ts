import type { TableFeature } from '@strata/domain/registry'
import type { HookName } from '@strata/domain/shared'
import { indexName } from './index-name.ts'
import { sqlTypes, type ShapeIndex, type TableShape } from './table-shape.ts'

/**
 * A hook's table: which record, which run made the row, which of the record's rows it is, and the hook's columns. The
 * version is that of the run's release, said again so that a release's rows are found without a join.
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

/** Each index costs every row that is written, so the columns that come first have one: their order is the author's to choose. */
const maxIndexedColumns = 8

function columnIndexes(hook: HookName, { columns }: TableFeature): ShapeIndex[] {
  const sortable = columns.filter(({ type }) => type !== 'JSON').slice(0, maxIndexedColumns)
  const texts = columns.filter(({ type }) => type === 'TEXT')
  return [
    // A row's place makes a sort by any column total, and the end of a page its key.
    ...sortable.map(({ name }): ShapeIndex => ({ name: indexName(hook, name), columns: [name, '_record', '_ordinal'] })),
    ...(texts.length === 0
      ? []
      : [{ name: indexName(hook, '_search'), columns: texts.map(({ name }) => name), method: 'search' as const }]),
  ]
}
