import type { FileSight } from '@strata/domain/record'
import { sql, type RawBuilder } from 'kysely'

/** Whether the caller may see a row of `file`. */
export function isInSight(sight: FileSight): RawBuilder<boolean> {
  if (sight.of === 'ALL') return sql`true`
  const isPublished = sql`exists (select from record_file where record_file.digest = file.digest)`
  if (sight.of === 'PUBLISHED') return sql`${isPublished}`
  return sql`(
    ${isPublished}
    or exists (select from file_holding where file_holding.digest = file.digest and holder = ${sight.actor})
    or exists (select from draft_file where draft_file.digest = file.digest and owner = ${sight.actor})
  )`
}

/**
 * The media type of a row of `file` for the caller: the published one, or that of the caller's own upload or draft. Only callers who
 * see all content see the types that other uploaders declared.
 */
export function mediaTypeInSight(sight: FileSight): RawBuilder<string | null> {
  if (sight.of === 'PUBLISHED') return sql`file.media_type`
  return sql`coalesce(
    file.media_type,
    (select media_type from file_holding where file_holding.digest = file.digest and holder = ${sight.actor}),
    (
      select media_type from draft_file
      where draft_file.digest = file.digest and owner = ${sight.actor} and media_type is not null
      limit 1
    )${sight.of === 'ALL' ? sql`, ${anybodys}` : sql``}
  )`
}

const anybodys = sql`(
  select media_type from file_holding where file_holding.digest = file.digest and media_type is not null order by touched_at limit 1
)`
