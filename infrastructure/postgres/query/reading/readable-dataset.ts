import { columnsOf, recordsTables, type ReadableDataset, type ReadableTable } from '@strata/domain/dataset'
import type { FeatureSpec } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import { sql } from 'kysely'
import { toSchema } from '../../mappers/convention.ts'
import type { Database } from '../../session/connection.ts'

/** A dataset's tables: the records tables, then one per hook that makes rows, in the order of the manifest. */
export async function readableDatasets({ prisma }: Pick<Database, 'prisma'>, slugs?: readonly string[]): Promise<ReadableDataset[]> {
  const rows = await prisma.convention.findMany({
    where: slugs === undefined ? {} : { slug: { in: [...slugs] } },
    include: {
      schema: true,
      schemas: { include: { schema: true } },
      hooks: { include: { hookRow: { include: { _count: { select: { releases: true } } } } }, orderBy: { position: 'asc' } },
    },
    orderBy: { slug: 'asc' },
  })
  return rows.map(({ slug, schema, schemas, hooks }) => {
    const records = recordsTables(
      toSchema(schema),
      schemas.map((had) => toSchema(had.schema)),
    )
    return {
      convention: slug as Slug,
      tables: [
        ...records.map(({ name, schema }): ReadableTable => ({ kind: 'records', name, schema, columns: columnsOf(schema) })),
        ...hooks.flatMap(({ hook, hookRow }) =>
          hookTable(hook as HookName, hookRow.feature as unknown as FeatureSpec, hookRow._count.releases),
        ),
      ],
    }
  })
}

/** The table of one hook, for all conventions. */
export async function readableHook({ kysely }: Pick<Database, 'kysely'>, name: string): Promise<ReadableTable | undefined> {
  const { rows } = await sql<{ name: HookName; feature: FeatureSpec; newest: number }>`
    select name, feature, (select coalesce(max(version), 0) from hook_release where hook = name) as newest from hook where name = ${name}`.execute(
    kysely,
  )
  return rows[0] && hookTable(rows[0].name, rows[0].feature, rows[0].newest)[0]
}

/** A vocabulary hook has no table: it makes mappings. Versions have no gaps, so their number is the newest version. */
function hookTable(name: HookName, feature: FeatureSpec, newest: number): ReadableTable[] {
  return feature.kind === 'table' ? [{ kind: 'hook', name, newest, columns: feature.columns }] : []
}
