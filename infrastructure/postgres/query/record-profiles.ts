import type { ReleaseStanding } from '@strata/domain/dataset'
import type { RecordResult } from '@strata/domain/run'
import { sql, type RawBuilder } from 'kysely'

type Releases = readonly Pick<ReleaseStanding, 'id' | 'version'>[]

/** Records that were just published, and that hooks start over as soon as their event is handled. */
export const announced = sql`jsonb_array_elements_text(payload -> 'recordIds')::uuid`

/**
 * What releases have made of a record, as `<release>=<status>,…`. For each record, a look at one index: a join might be
 * planned as a pass over all outcomes there are.
 */
export function profileOf(record: RawBuilder<unknown>, releases: Releases): RawBuilder<string | null> {
  return sql`(
    select string_agg(release_id::text || '=' || status, ',')
    from run_outcome
    where record = ${record} and release_id = any(${releases.map(({ id }) => id)}::uuid[]) and won_at is not null and lost_at is null
  )`
}

/** Reads profiles that name releases by their ids, as above, or by their versions, as kept counts do. Each is read once. */
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
