import type { VersionStanding } from '@strata/domain/provenance'
import type { WithdrawalKind } from '@strata/domain/record'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { isCounting } from '../reading/counting-versions.ts'
import { stoodThen } from '../reading/standing-withdrawal.ts'

interface StandingRow {
  readonly version: number
  readonly counts: boolean
  readonly replaced_at: Date | null
  readonly kind: WithdrawalKind | null
  readonly reason: string | null
  readonly by: string | null
  readonly at: Date | null
}

/** Whether a version of a record counts, now or at a time, and why not. */
export async function versionStanding(kysely: Database['kysely'], record: string, asOf: Date | undefined): Promise<VersionStanding> {
  const { rows } = await sql<StandingRow>`
    select record.version, ${isCounting(sql`record.id`, asOf)} as counts,
      replaced.since as replaced_at, withdrawal.kind, withdrawal.reason, withdrawal.actor as by, withdrawal.at
    from record
    left join absence replaced on replaced.record = record.id and replaced.withdrawal is null
      and ${asOf === undefined ? sql`true` : sql`replaced.since <= ${asOf}`}
    left join withdrawal on withdrawal.record = record.identity and ${stoodThen(asOf)}
    where record.id = ${record}::uuid`.execute(kysely)
  const [row] = rows
  if (row === undefined) throw new Error(`the record ${record} of a row is missing`)
  const { kind, reason, by, at } = row
  return {
    version: row.version,
    counts: row.counts,
    replacedAt: row.replaced_at ?? undefined,
    withdrawn: kind === null || reason === null || by === null || at === null ? undefined : { kind, reason, by, at },
  }
}
