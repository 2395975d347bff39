import type { RuntimeConfig } from '@strata/domain/registry'
import type { VerifiedRegistry } from '@strata/domain/verification'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { snapshot } from '../../session/snapshot.ts'

type Facts = Awaited<ReturnType<VerifiedRegistry['hooks']>>[number]

export function verifiedRegistry(database: Pick<Database, 'kysely'>): VerifiedRegistry {
  return {
    async count() {
      const { rows } = await sql<{ n: bigint }>`select count(*) as n from hook`.execute(database.kysely)
      return Number(rows[0]?.n ?? 0)
    },

    hooks: (after, limit) =>
      snapshot(database, async (kysely) => {
        const hooks = await sql<{ name: string; live: string | null; hasTable: boolean }>`
          select name, live_release_id as live, feature ->> 'kind' is distinct from 'table' or to_regclass(format('features.%I', name)) is not null as "hasTable"
          from hook where name > ${after ?? ''} order by name limit ${limit}`.execute(kysely)
        const names = hooks.rows.map(({ name }) => name)
        const moves = await sql<{ hook: string; position: number; from: string | null; to: string; at: Date }>`
          select hook, position, from_release_id as "from", to_release_id as "to", at
          from pointer_event where hook = any(${names}::text[]) order by hook, position`.execute(kysely)
        const releases = await sql<{
          hook: string
          id: string
          version: number
          runtime: RuntimeConfig
          artifact: string
          state: string
          loggedState: string | null
          sourceDigest: string | null
        }>`
          select hook, release.id, version, runtime, artifact, release.state, logged.state as "loggedState",
            'sha256:' || encode(sha256(convert_to(source, 'UTF8')), 'hex') as "sourceDigest"
          from hook_release release
          left join lateral (select state from release_state_event where release_id = release.id order by at desc, id desc limit 1) logged on true
          left join module_source on release.runtime ->> 'type' = 'module' and module_source.digest = release.runtime ->> 'digest'
          where hook = any(${names}::text[]) order by hook, version`.execute(kysely)
        return hooks.rows.map(({ name, live, hasTable }): Facts => ({
          name,
          hasTable,
          live: live ?? undefined,
          moves: moves.rows
            .filter(({ hook }) => hook === name)
            .map(({ position, from, to, at }) => ({ position, from: from ?? undefined, to, at })),
          releases: releases.rows
            .filter(({ hook }) => hook === name)
            .map(({ id, version, runtime, artifact, state, loggedState, sourceDigest }) => ({
              id,
              version,
              runtime,
              artifact,
              state,
              loggedState: loggedState ?? undefined,
              sourceDigest: sourceDigest ?? undefined,
            })),
        }))
      }),
  }
}
