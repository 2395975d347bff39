import { sql } from 'kysely'
import type { FactsQuery } from './facts-query.ts'

type Kind = 'AGENT' | 'NODE'

export const archiveFacts: { readonly [Each in Kind]: FactsQuery } = {
  // Neither has a table: they exist because rows of other tables name them.
  AGENT: (keys) => sql`
    select key, key as name, regexp_replace(key, '^[a-z]+:', '') as label, 1 as count, jsonb_build_object('actor', key) as attributes
    from unnest(${keys}) as given (key)`,

  NODE: (keys) => sql`
    select key, key as name, key as label, 1 as count, jsonb_build_object('domain', key) as attributes from unnest(${keys}) as given (key)`,
}
