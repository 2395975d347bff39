import { sql } from 'kysely'
import { stoodThen } from '../../reading/standing-withdrawal.ts'
import { byThen } from '../moment.ts'
import type { FactsQuery } from './facts-query.ts'

type Kind = 'RECORD' | 'SOURCE' | 'FILE'

export const recordFacts: { readonly [Each in Kind]: FactsQuery } = {
  // If the source id is the SRN of another record, it would be misleading as a label.
  RECORD: (keys, at) => sql`
    select record.id as key, record.id as name,
      case when record.source ->> 'id' like 'urn:osa:%' then named.srn else record.source ->> 'id' end as label, 1 as count,
      jsonb_build_object(
        'srn', named.srn, 'version', record.version, 'note', record.note, 'convention', record.convention,
        'license', (select license from convention where slug = record.convention),
        'schema', schema_id || '@' || schema_version, 'publishedAt', published_at,
        'withdrawn', withdrawal.kind, 'withdrawnAt', withdrawal.at, 'withdrawnBecause', withdrawal.reason
      ) as attributes
    from record
    left join withdrawal on withdrawal.record = record.identity and ${stoodThen(at.asOf)}
    cross join lateral (select 'urn:osa:' || ${at.domain}::text || ':rec:' || record.identity || '@' || record.version as srn) named
    where record.id = any(${keys}) and ${byThen(at, 'published_at')}`,

  // All versions share the source of the first; its key is the record's id.
  SOURCE: (keys, at) => sql`
    select identity as key, convention || '/' || (source ->> 'type') || '/' || (source ->> 'id') as name,
      (source ->> 'type') || ' ' || (source ->> 'id') as label, 1 as count, source as attributes
    from record where identity = any(${keys}) and version = 1 and ${byThen(at, 'published_at')}`,

  // Content that no published record has is private.
  FILE: (keys, at) => sql`
    select digest as key, digest as name, coalesce(named.name, digest) as label, 1 as count,
      jsonb_build_object('digest', digest, 'size', size, 'mediaType', media_type) as attributes
    from file
    cross join lateral (
      select record_file.name from record_file join record on record.id = record_file.record_id
      where record_file.digest = file.digest and ${byThen(at, 'published_at')}
      order by record_file.record_id, record_file.position limit 1
    ) named
    where digest = any(${keys})`,
}
