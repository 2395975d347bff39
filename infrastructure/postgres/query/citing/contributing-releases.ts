import { rankReleases } from '@strata/domain/dataset'
import { sql } from 'kysely'
import type { Database } from '../../setup/connection.ts'
import { releaseStandings } from '../reading/release-standings.ts'

type Reading = Pick<Database, 'kysely'>

/** The releases that had computed records of a convention by then and were not yanked: those whose results a dataset had to choose from. */
export async function releasesOfDataset(database: Reading, convention: string, asOf: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ hook: string; release: string }>`
    select distinct hook, release_id as release from hook_run where convention = ${convention} and committed_at <= ${asOf}`.execute(database.kysely)
  const ran = new Set(rows.map(({ release }) => release))
  const standings = await releaseStandings(database, [...new Set(rows.map(({ hook }) => hook))], asOf)
  return [...standings.values()].flatMap((some) => rankReleases(some).filter(({ id }) => ran.has(id)).map(({ id }) => id))
}

/** Of each hook, the release whose result over the record counted then. */
export async function releasesOfRecord(database: Reading, record: string, asOf: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ hook: string; release: string }>`
    select release.hook, release.id as release from run_outcome outcome join hook_release release on release.id = outcome.release_id
    where outcome.record = ${record}::uuid and outcome.won_at <= ${asOf} and (outcome.lost_at is null or outcome.lost_at > ${asOf})
    order by release.hook`.execute(database.kysely)
  const results = new Set(rows.map(({ release }) => release))
  const standings = await releaseStandings(database, [...new Set(rows.map(({ hook }) => hook))], asOf)
  return [...standings.values()].flatMap((some) => rankReleases(some).find(({ id }) => results.has(id))?.id ?? [])
}
