import type { ResultsOf } from '@strata/domain/run'
import type { HookName } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/** The existing results of hooks for records. Most records are new and have none, so this costs one index look-up each. */
export function resultsOf({ kysely }: Pick<Transaction, 'kysely'>): ResultsOf {
  return async (recordIds) => {
    const { rows } = await sql<{ hook: HookName; record: string }>`
      select distinct release.hook, outcome.record
      from run_outcome outcome
      join hook_release release on release.id = outcome.release_id and release.state <> 'YANKED'
      where outcome.record = any(${recordIds}::uuid[]) and outcome.won_at is not null and outcome.lost_at is null`.execute(kysely)
    const found = Map.groupBy(rows, ({ hook }) => hook)
    return new Map(found.entries().map(([hook, own]) => [hook, new Set(own.map(({ record }) => record))]))
  }
}
