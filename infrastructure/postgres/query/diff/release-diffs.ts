import type { HookTableToRead, ReadableDataset } from '@strata/domain/dataset'
import { tablesAsked } from '@strata/domain/dataset'
import type { ComparedRelease, DiffRequest, ReleaseDiff, ReleaseDiffs } from '@strata/domain/provenance'
import type { FeatureSpec } from '@strata/domain/registry'
import type { HookName } from '@strata/domain/shared'
import { sql, type Kysely } from 'kysely'
import type { DB } from '@strata/prisma/tables'
import type { Database } from '../../session/connection.ts'
import { snapshot } from '../../session/snapshot.ts'
import type { PredicateScope } from '../reading/predicate-scope.ts'
import { readableDatasets } from '../reading/readable-dataset.ts'
import { countingRows } from '../reading/which-rows.ts'
import { countChanges, countFlips } from './count-changes.ts'
import { findDifferences } from './find-differences.ts'

export function releaseDiffs(database: Pick<Database, 'kysely' | 'prisma'>): ReleaseDiffs {
  const { kysely } = database
  return {
    async hook(name) {
      const { rows } = await sql<{ name: HookName; feature: FeatureSpec; releases: ComparedRelease[]; conventions: string[] }>`
        select name, feature,
          (select coalesce(json_agg(json_build_object('id', id, 'version', version) order by version), '[]') from hook_release where hook = name) as releases,
          (select coalesce(json_agg(convention order by convention), '[]') from convention_hook where hook = name) as conventions
        from hook where name = ${name}`.execute(kysely)
      return rows[0]
    },

    async hookNames() {
      const { rows } = await sql<{ name: string }>`select name from hook order by name limit 1000`.execute(kysely)
      return rows.map(({ name }) => name)
    },

    readable: async (convention) => (await readableDatasets(database, [convention]))[0],

    compare: (request) => snapshot(database, (kysely) => compare(kysely, request)),
  }
}

/** Compares in one snapshot, so that the counts add up. Skips the details when nothing differs. */
async function compare(kysely: Kysely<DB>, request: DiffRequest): Promise<ReleaseDiff> {
  await sql`set local work_mem = '64MB'`.execute(kysely)
  const counts = await countsOf(kysely, request)
  const { recordCount, flipped } = await countFlips(kysely, request, counts)
  const { columns, ...changes } = await countChanges(kysely, request, counts)
  const isSame = changes.added + changes.removed + changes.changed === 0n
  const { examples, buckets } = isSame ? { examples: [], buckets: new Map() } : await findDifferences(kysely, request, counts)
  return { recordCount, flipped, ...changes, columns: columns.map((one) => ({ ...one, changes: buckets.get(one.column) ?? [] })), examples }
}

/** Which rows of other tables are effective, for filters that use those tables. */
async function countsOf(kysely: Kysely<DB>, { table, filter, asOf }: DiffRequest): Promise<PredicateScope['counts']> {
  if (filter === undefined) return () => sql`true`
  const scope: { dataset: ReadableDataset; table: HookTableToRead } = { dataset: filter.dataset, table }
  const counting = await countingRows(
    { kysely },
    { ...scope, asOf, release: undefined, allVersions: false, lookup: 'joined' },
    tablesAsked(filter.predicate),
  )
  return (one, alias) => counting.counts(one, alias)
}
