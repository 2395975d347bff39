import type { Reading, ReadableTable } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { absenceOf, haveAbsences } from './counting-versions.ts'
import { isEffectiveRow, noneExists, isStaleRow, readEffective, type EffectiveRows, type Lookup } from './effective-rows.ts'
import { systemColumn } from './table-sql.ts'

export interface CountingRows {
  /** The condition that a row of a table is effective. */
  counts(table: ReadableTable, alias: string): RawBuilder<boolean>
  /** Whether any record of the convention has, or had, more than one version. */
  readonly haveVersions: boolean
  /** Whether another release than the live one made a row of the table that is read. */
  stale(alias: string): RawBuilder<boolean>
}

type Question = Pick<Reading, 'dataset' | 'table' | 'asOf' | 'release' | 'allVersions'> & { readonly lookup: Lookup }

/** Determines the effective rows of the table being read and of other tables in the filter. `release` applies only to the first. */
export async function countingRows(
  database: Pick<Database, 'kysely'>,
  { dataset, table, asOf, release, allVersions, lookup }: Question,
  others: ReadonlySet<ReadableTable>,
): Promise<CountingRows> {
  const { convention } = dataset
  const plans = new Map<string, EffectiveRows>()
  for (const one of new Set([table, ...others])) {
    if (one.kind === 'hook') {
      plans.set(
        one.name,
        await readEffective(database, { hook: one.name, convention, asOf, release: one === table ? release : undefined, allVersions }),
      )
    }
  }
  const haveVersions = await haveAbsences(database, convention)
  const skipsAbsent = haveVersions && !allVersions
  const planOf = (hook: string): EffectiveRows => {
    const plan = plans.get(hook)
    if (plan === undefined) throw new Error(`it was not determined which rows of ${hook} count`)
    return plan
  }
  return {
    haveVersions,
    counts(one, alias) {
      // A hook's rows at `asOf` belong to records published by then, or to candidates, which have their own condition.
      if (one.kind === 'hook') return isEffectiveRow(planOf(one.name), alias, lookup)
      const conditions = [sql<boolean>`${systemColumn(alias, '_convention')} = ${convention}`]
      if (asOf !== undefined) conditions.push(isPublished(alias, asOf, lookup))
      if (skipsAbsent) conditions.push(noneExists(lookup, absenceOf(systemColumn(alias, '_record'), asOf)))
      return sql`${sql.join(conditions, sql` and `)}`
    },
    stale: (alias) => (table.kind === 'hook' ? isStaleRow(planOf(table.name), alias) : sql`false`),
  }
}

/** The number of records published since may be small, or nearly all. */
function isPublished(alias: string, asOf: Date, lookup: Lookup): RawBuilder<boolean> {
  return noneExists(lookup, sql`record as later where later.id = ${systemColumn(alias, '_record')} and later.published_at > ${asOf}`)
}
