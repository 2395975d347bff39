import type { CitationChange, CitationChangeKind, CitationChangeQueries, CitedContent } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { readTogether } from '../read-together.ts'
import { citedVersions, type CitedVersions } from './cited-versions.ts'

interface ChangeRow {
  readonly kind: CitationChangeKind
  readonly at: Date
  readonly record: RecordId | null
  readonly identity: RecordId | null
  readonly record_version: number | null
  readonly release: string | null
  readonly hook: string | null
  readonly version: number | null
}

export function citationChanges(database: Pick<Database, 'kysely'>): CitationChangeQueries {
  return {
    async changesSince(asked) {
      const changes = await Promise.all(asked.map(({ of }) => changesOf(database, of)))
      const rows = await readTogether(
        database,
        changes.map((one, i) => latest(one, asked[i]?.first ?? 0)),
      )
      return rows.map((some) => some.map(toChange))
    },

    async wasAnyRemoved(convention, since) {
      const { rows } = await sql`
        select from withdrawal where convention = ${convention} and at > ${since} and kind = 'REMOVED' limit 1`.execute(database.kysely)
      return rows.length > 0
    },

    async changeCounts(cited) {
      const changes = await Promise.all(cited.map((of) => changesOf(database, of)))
      const rows = await readTogether(
        database,
        changes.map((one) => sql<{ count: bigint }>`select count(*) as count from (${one}) change`),
      )
      return rows.map(([row]) => Number(row?.count ?? 0))
    },
  }
}

function latest(changes: RawBuilder<unknown>, first: number): RawBuilder<ChangeRow> {
  return sql<ChangeRow>`
    select change.kind, change.at, change.record, named.identity, named.version as record_version,
      change.release, release.hook, release.version
    from (${changes}) change
    left join record named on named.id = change.record
    left join hook_release release on release.id = change.release
    order by change.at desc, change.kind, change.record desc, change.release desc
    limit ${first}`
}

async function changesOf(database: Pick<Database, 'kysely'>, of: CitedContent): Promise<RawBuilder<unknown>> {
  const cited = await citedVersions(database, of)
  return sql.join([revisions(cited), withdrawals(cited), ...computations(of, cited), ...yanks(of, cited)], sql` union all `)
}

function revisions({ convention, asOf, isCited }: CitedVersions): RawBuilder<unknown> {
  return sql`
    select 'REVISED' as kind, later.published_at as at, later.id as record, null::uuid as release
    from record later join record cited on cited.identity = later.identity and cited.version < later.version
    where later.convention = ${convention} and later.published_at > ${asOf} and ${isCited}`
}

/** Only withdrawals that were not restored. */
function withdrawals({ convention, asOf, isCited, mayBeCited }: CitedVersions): RawBuilder<unknown> {
  return sql`
    select withdrawal.kind::text, withdrawal.at, cited.id, null::uuid
    from withdrawal join record cited on cited.identity = withdrawal.record
    where withdrawal.convention = ${convention} and withdrawal.at > ${asOf} and withdrawal.restored_at is null
      and case withdrawal.kind when 'REMOVED' then ${mayBeCited} else ${isCited} end`
}

/** Read from outcomes, because a run may have computed other records too. */
function computations(of: CitedContent, { convention, asOf, isCited }: CitedVersions): RawBuilder<unknown>[] {
  if (of.kind === 'rows' && of.reading.table.kind === 'records') return []
  if (of.kind === 'dataset') return [computationsOfDataset({ convention, asOf, isCited })]
  const record = of.kind === 'record' ? sql`${of.record}::uuid` : sql`null::uuid`
  return [
    sql`
    select 'RECOMPUTED', min(outcome.won_at), ${record}, run.release_id
    from hook_run run
    join run_outcome outcome on outcome.run = run.id and outcome.won_at > ${asOf}
    join record cited on cited.id = outcome.record
    where run.convention = ${convention} and run.committed_at > ${asOf} and ${isCited} and ${isOfCitedHook(of)}
    group by run.release_id`,
  ]
}

/** The same for a dataset. It reads each release's runs only up to the first one with a cited record, since many runs may follow. */
function computationsOfDataset({ convention, asOf, isCited }: Omit<CitedVersions, 'mayBeCited'>): RawBuilder<unknown> {
  return sql`
    select 'RECOMPUTED', earliest.at, null::uuid, computing.release_id
    from (select distinct release_id from hook_run where convention = ${convention} and committed_at > ${asOf}) computing
    cross join lateral (
      select computed.at
      from hook_run run
      cross join lateral (
        select outcome.won_at as at
        from run_outcome outcome join record cited on cited.id = outcome.record
        where outcome.run = run.id and outcome.won_at > ${asOf} and ${isCited}
        order by outcome.won_at
        limit 1
      ) computed
      where run.release_id = computing.release_id and run.convention = ${convention} and run.committed_at > ${asOf}
      order by run.committed_at
      limit 1
    ) earliest`
}

/** When the citation names a release, only that release can change its rows. */
function isOfCitedHook(of: CitedContent): RawBuilder<boolean> {
  if (of.kind !== 'rows') return sql`true`
  const { table, release } = of.reading
  if (release === undefined) return sql`run.hook = ${table.name}`
  return sql`run.release_id = (select id from hook_release where hook = ${table.name} and version = ${release})`
}

function yanks(of: CitedContent, { asOf }: CitedVersions): RawBuilder<unknown>[] {
  if (of.kind === 'rows' && of.reading.table.kind === 'records') return []
  const releases =
    of.kind === 'rows'
      ? sql`(select id from hook_release where hook = ${of.reading.table.name} and version = any(${of.versions}::int[]))`
      : sql`(select unnest(${of.releases}::uuid[]))`
  return [
    sql`
    select 'YANKED', min(at), null::uuid, release_id
    from release_state_event where release_id in ${releases} and state = 'YANKED' and at > ${asOf}
    group by release_id`,
  ]
}

function toChange({ kind, at, record, identity, record_version, release, hook, version }: ChangeRow): CitationChange {
  return {
    kind,
    at,
    record: record === null || identity === null || record_version === null ? undefined : { id: record, identity, version: record_version },
    release: release === null || hook === null || version === null ? undefined : { id: release, hook, version },
  }
}
