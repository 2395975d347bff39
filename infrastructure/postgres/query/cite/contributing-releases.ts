import { rankReleases } from '@strata/domain/dataset'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { releaseStandingsAt } from '../reading/release-standings.ts'
import { readTogether } from '../read-together.ts'

type Reading = Pick<Database, 'kysely'>

interface HookRelease {
  readonly hook: string
  readonly release: string
}

/** For each dataset, the releases that had computed its records by then and were not yanked, so that their results could be effective. */
export async function releasesOfDatasets(
  database: Reading,
  datasets: readonly { readonly convention: string; readonly asOf: Date }[],
): Promise<(readonly string[])[]> {
  const found = await readTogether(
    database,
    datasets.map(
      ({ convention, asOf }) => sql<HookRelease>`
    select distinct hook, release_id as release from hook_run where convention = ${convention} and committed_at <= ${asOf}`,
    ),
  )
  const standings = await releaseStandingsAt(
    database,
    datasets.map(({ asOf }, i) => ({ hooks: hooksOf(found[i]), asOf })),
  )
  return found.map((rows, i) => {
    const ran = new Set(rows.map(({ release }) => release))
    return [...(standings[i]?.values() ?? [])].flatMap((some) =>
      rankReleases(some)
        .filter(({ id }) => ran.has(id))
        .map(({ id }) => id),
    )
  })
}

/** For each record and hook, the release that was effective then. */
export async function releasesOfRecords(
  database: Reading,
  records: readonly { readonly record: string; readonly asOf: Date }[],
): Promise<(readonly string[])[]> {
  const found = await readTogether(
    database,
    records.map(
      ({ record, asOf }) => sql<HookRelease>`
    select release.hook, release.id as release from run_outcome outcome join hook_release release on release.id = outcome.release_id
    where outcome.record = ${record}::uuid and outcome.won_at <= ${asOf} and (outcome.lost_at is null or outcome.lost_at > ${asOf})
    order by release.hook`,
    ),
  )
  const standings = await releaseStandingsAt(
    database,
    records.map(({ asOf }, i) => ({ hooks: hooksOf(found[i]), asOf })),
  )
  return found.map((rows, i) => {
    const results = new Set(rows.map(({ release }) => release))
    return [...(standings[i]?.values() ?? [])].flatMap((some) => rankReleases(some).find(({ id }) => results.has(id))?.id ?? [])
  })
}

function hooksOf(rows: readonly HookRelease[] = []): readonly string[] {
  return [...new Set(rows.map(({ hook }) => hook))]
}
