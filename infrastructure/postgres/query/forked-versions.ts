import { sql, type RawBuilder } from 'kysely'

/** The record that a fork's source id names: the expression of the index `record_by_forked`. */
export function forkedIdentity(fork: string): RawBuilder<string> {
  return sql`substring(${sourceId(fork)} from '^urn:osa:[^:]+:rec:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:@[1-9][0-9]{0,8})?$')::uuid`
}

/**
 * The condition that `fork` was forked from the version `original` of this archive, whose domain is given. A source id without a version
 * means the version that was the newest when the fork was published.
 */
export function isForkOf(fork: string, original: string, domain: string): RawBuilder<boolean> {
  const version = sql`substring(${sourceId(fork)} from '@([0-9]+)$')::int`
  const publishedAt = sql.id(fork, 'published_at')
  return sql`${sql.id(fork, 'source')} ->> 'type' = 'fork' and split_part(${sourceId(fork)}, ':', 3) = ${domain}
    and ${forkedIdentity(fork)} = ${sql.id(original, 'identity')}
    and case
      when ${version} is not null then ${sql.id(original, 'version')} = ${version}
      else ${sql.id(original, 'published_at')} <= ${publishedAt} and not exists (
        select from record newer
        where newer.identity = ${sql.id(original, 'identity')} and newer.version > ${sql.id(original, 'version')}
          and newer.published_at <= ${publishedAt}
      )
    end`
}

function sourceId(fork: string): RawBuilder<string> {
  return sql`${sql.id(fork, 'source')} ->> 'id'`
}
