import type { Reading, ReadableTable } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { isEffectiveRow, noneExists, isStaleRow, readEffective, type EffectiveRows, type Lookup } from './effective-rows.ts'
import { systemColumn } from './table-sql.ts'

export interface CountingRows {
  /** The condition that a row of a table is effective. */
  counts(table: ReadableTable, alias: string): RawBuilder<boolean>
  /** The condition that a row of the table being read is from a release that is not live. */
  stale(alias: string): RawBuilder<boolean>
}

type Question = Pick<Reading, 'dataset' | 'table' | 'asOf' | 'release'> & { readonly lookup: Lookup }

/** Determines the effective rows of the table being read and of other tables in the filter. `release` applies only to the first. */
export async function countingRows(
  database: Pick<Database, 'kysely'>,
  { dataset, table, asOf, release, lookup }: Question,
  others: ReadonlySet<ReadableTable>,
): Promise<CountingRows> {
  const { convention } = dataset
  const plans = new Map<string, EffectiveRows>()
  for (const one of new Set([table, ...others])) {
    if (one.kind === 'hook') {
      plans.set(one.name, await readEffective(database, { hook: one.name, convention, asOf, release: one === table ? release : undefined }))
    }
  }
  const planOf = (hook: string): EffectiveRows => {
    const plan = plans.get(hook)
    if (plan === undefined) throw new Error(`it was not determined which rows of ${hook} count`)
    return plan
  }
  return {
    counts(one, alias) {
      // A hook's rows at `asOf` belong to records published by then, or to candidates, which have their own condition.
      if (one.kind === 'hook') return isEffectiveRow(planOf(one.name), alias, lookup)
      const isOfConvention = sql<boolean>`${systemColumn(alias, '_convention')} = ${convention}`
      return asOf === undefined ? isOfConvention : sql`${isOfConvention} and ${isPublished(alias, asOf, lookup)}`
    },
    stale: (alias) => (table.kind === 'hook' ? isStaleRow(planOf(table.name), alias) : sql`false`),
  }
}

/** The number of records published since may be small, or nearly all. */
function isPublished(alias: string, asOf: Date, lookup: Lookup): RawBuilder<boolean> {
  return noneExists(lookup, sql`record as later where later.id = ${systemColumn(alias, '_record')} and later.published_at > ${asOf}`)
}
