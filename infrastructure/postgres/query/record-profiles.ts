import type { ReleaseStanding } from '@strata/domain/dataset'
import type { RecordResult } from '@strata/domain/run'
import { sql, type RawBuilder } from 'kysely'

type Releases = readonly Pick<ReleaseStanding, 'id' | 'version'>[]

/** Records just published, whose hooks start when their event is handled. */
export const announced = sql`jsonb_array_elements_text(payload -> 'recordIds')::uuid`

/**
 * The outcomes of releases for a record, as `<release>=<status>,…`. Uses one index look-up per record; a join might be planned as
 * a scan of all outcomes.
 */
export function profileOf(record: RawBuilder<unknown>, releases: Releases): RawBuilder<string | null> {
  return sql`(
    select string_agg(release_id::text || '=' || status, ',')
    from run_outcome
    where record = ${record} and release_id = any(${releases.map(({ id }) => id)}::uuid[]) and won_at is not null and lost_at is null
  )`
}

/** Parses profiles that name releases by id, as above, or by version, as the stored counts do. Caches parsed profiles. */
export function profileParser(releases: Releases) {
  const versions = new Map(releases.flatMap(({ id, version }) => [[id, version] as const, [String(version), version] as const]))
  const known = new Map<string | null, readonly RecordResult[]>([[null, []]])
  return (profile: string | null): readonly RecordResult[] => {
    const seen = known.get(profile)
    if (seen !== undefined) return seen
    const results = (profile ?? '').split(',').flatMap((part): readonly RecordResult[] => {
      const [release = '', status] = part.split('=')
      const version = versions.get(release)
      return version === undefined ? [] : [{ version, status: status as RecordResult['status'] }]
    })
    known.set(profile, results)
    return results
  }
}
