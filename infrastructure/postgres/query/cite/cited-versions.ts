import type { CitedContent } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { compileReading, rowAlias } from '../reading/compile-reading.ts'
import { isCounting } from '../reading/counting-versions.ts'
import { systemColumn } from '../reading/table-sql.ts'

/** Which versions of records are cited, as conditions on a row of `record` with the alias `cited`. */
export interface CitedVersions {
  readonly convention: string
  readonly asOf: Date
  readonly isCited: RawBuilder<boolean>
  /**
   * Whether an erased version may have been cited. A filter cannot be tested on erased values, so this holds for each version that
   * counted and, for a hook's table, had rows.
   */
  readonly mayBeCited: RawBuilder<boolean>
}

export async function citedVersions(database: Pick<Database, 'kysely'>, of: CitedContent): Promise<CitedVersions> {
  if (of.kind === 'record') {
    const { convention, asOf, record } = of
    const isCited = sql<boolean>`cited.id = ${record}::uuid`
    return { convention, asOf, isCited, mayBeCited: isCited }
  }
  if (of.kind === 'dataset') {
    const { convention, asOf } = of
    const isCited = countedThen(convention, asOf)
    return { convention, asOf, isCited, mayBeCited: isCited }
  }
  const { reading, versions } = of
  const { asOf, table } = reading
  const { convention } = reading.dataset
  const { from, where } = await compileReading(database, { ...reading, order: [] }, { lookup: 'joined' })
  const hadRows =
    table.kind === 'records'
      ? sql<boolean>`true`
      : sql<boolean>`exists (
          select from run_outcome made join hook_release release on release.id = made.release_id
          where made.record = cited.id and made.won_at <= ${asOf} and made.row_count > 0
            and release.hook = ${table.name} and release.version = any(${versions}::int[])
        )`
  return {
    convention,
    asOf,
    isCited: sql`cited.id in (select ${systemColumn(rowAlias, '_record')} from ${from} where ${where})`,
    mayBeCited: sql`(${countedThen(convention, asOf)} and ${hadRows})`,
  }
}

function countedThen(convention: string, asOf: Date): RawBuilder<boolean> {
  return sql`(cited.convention = ${convention} and cited.published_at <= ${asOf} and ${isCounting(sql`cited.id`, asOf)})`
}
