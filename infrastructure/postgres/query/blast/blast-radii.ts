import type { BlastRadii } from '@strata/domain/provenance'
import type { RecordId } from '@strata/domain/record'
import { pageOf } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { isCounting } from '../reading/counting-versions.ts'
import { countRun, countReleases } from './count-touched.ts'

/** What releases and runs have made. Pages use an index by release, so their cost depends only on their size. */
export function blastRadii({ kysely }: Pick<Database, 'kysely'>): BlastRadii {
  return {
    async releasesOfDigest(digest) {
      const { rows } = await sql<{
        id: string
      }>`select id from hook_release where runtime ->> 'digest' = ${digest} order by id desc`.execute(kysely)
      return rows.map(({ id }) => id)
    },

    async releasesOfSourceRef(sourceRef) {
      const { rows } = await sql<{ id: string }>`
        select id from hook_release where source_ref = ${sourceRef}
        union select release_id from hook_release_source_ref where source_ref = ${sourceRef}
        order by id desc`.execute(kysely)
      return rows.map(({ id }) => id)
    },

    async named(id) {
      if (!isUuid(id)) return undefined
      const { rows } = await sql<{ kind: 'release' | 'run' | 'record'; release: string | null }>`
        select 'release' as kind, id as release from hook_release where id = ${id}::uuid
        union all select 'run', release_id from hook_run where id = ${id}::uuid
        union all select 'record', null from record where id = ${id}::uuid`.execute(kysely)
      return rows[0] && { kind: rows[0].kind, release: rows[0].release ?? undefined }
    },

    counts: ({ releases, run }) => (run === undefined ? countReleases(kysely, releases) : countRun(kysely, run)),

    async recordPage({ releases, run }, page) {
      const before = page.after === undefined ? sql`` : sql`and outcome.record < ${page.after}::uuid`
      // Looked up for each result of the page: as a join, all newer records would be gone through first.
      const isPublished = sql`(select true from record where record.id = outcome.record and ${isCounting(sql`record.id`)})`
      const limit = page.first + 1
      const { rows } = await (
        run === undefined
          ? sql<{ record: RecordId }>`
            select distinct record from unnest(${releases}::uuid[]) touched (id) cross join lateral (
              select outcome.record from run_outcome outcome
              where outcome.release_id = touched.id and outcome.won_at is not null and outcome.lost_at is null and ${isPublished} ${before}
              order by outcome.record desc limit ${limit}
            ) newest
            order by record desc limit ${limit}`
          : sql<{ record: RecordId }>`
            select outcome.record from run_outcome outcome where outcome.run = ${run}::uuid and ${isPublished} ${before}
            order by outcome.record desc limit ${limit}`
      ).execute(kysely)
      return pageOf(
        rows.map(({ record }) => record),
        page,
      )
    },

    async runPage({ releases, run }, page) {
      const before = page.after === undefined ? sql`` : sql`and run.id < ${page.after}::uuid`
      const limit = page.first + 1
      const { rows } = await (
        run === undefined
          ? sql<{ id: string }>`
            select newest.id from unnest(${releases}::uuid[]) touched (id) cross join lateral (
              select run.id from hook_run run where run.release_id = touched.id ${before} order by run.id desc limit ${limit}
            ) newest
            order by newest.id desc limit ${limit}`
          : sql<{ id: string }>`select run.id from hook_run run where run.id = ${run}::uuid ${before} limit ${limit}`
      ).execute(kysely)
      return pageOf(rows, page)
    },

    async runCount({ releases, run }) {
      if (run !== undefined) return 1
      const { rows } = await sql<{ count: bigint }>`select count(*) from hook_run where release_id = any(${releases}::uuid[])`.execute(
        kysely,
      )
      return Number(rows[0]?.count ?? 0n)
    },
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
