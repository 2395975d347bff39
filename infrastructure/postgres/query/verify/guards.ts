import type { VerifiedGuards } from '@strata/domain/verification'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { triggersOf } from '../../tables/triggers.ts'

/** The triggers that protect rows; docs/verifying.md lists what they allow. */
export function verifiedGuards({ kysely }: Pick<Database, 'kysely'>): VerifiedGuards {
  return {
    async lacking() {
      const { rows } = await sql<{ schema: string; name: string; on: readonly string[]; off: readonly string[] }>`
        select nspname::text as schema, relname::text as name,
          coalesce(array_agg(tgname::text) filter (where tgenabled in ('O', 'A')), '{}') as on,
          coalesce(array_agg(tgname::text order by tgname) filter (where tgenabled not in ('O', 'A')), '{}') as off
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        left join pg_trigger on tgrelid = pg_class.oid and not tgisinternal
        where relkind = 'r' and nspname in ('public', 'features', 'metadata')
        group by 1, 2 order by 1, 2`.execute(kysely)
      return {
        tables: rows.length,
        lacking: rows.flatMap(({ schema, name, on, off }) => {
          const table = schema === 'public' ? name : `${schema}.${name}`
          const gone = triggersOf(schema, name).filter((trigger) => !on.includes(trigger) && !off.includes(trigger))
          return [
            ...off.map((trigger) => ({ table, what: `The trigger "${trigger}" is turned off.` })),
            ...gone.map((trigger) => ({ table, what: `The trigger "${trigger}" is gone.` })),
          ]
        }),
      }
    },
  }
}
