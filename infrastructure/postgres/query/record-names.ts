import type { RecordId, RecordNames } from '@strata/domain/record'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'

export function recordNames({ kysely }: Pick<Database, 'kysely'>): RecordNames {
  return {
    async idsOf(refs) {
      const { rows } = await sql<{ id: RecordId | null }>`
        select (
          select id from record where identity = ref.identity and (ref.version is null or version = ref.version) order by version desc limit 1
        ) as id
        from unnest(${refs.map(({ identity }) => identity)}::uuid[], ${refs.map(({ version }) => version ?? null)}::int[])
          with ordinality as ref (identity, version, place)
        order by place`.execute(kysely)
      return rows.map(({ id }) => id ?? undefined)
    },

    async namesOf(ids) {
      const { rows } = await sql<{ id: RecordId; identity: RecordId; version: number }>`
        select id, identity, version from record where id = any(${ids}::uuid[])`.execute(kysely)
      const byId = new Map(rows.map(({ id, ...name }) => [id, name]))
      return ids.map((id) => byId.get(id))
    },
  }
}
