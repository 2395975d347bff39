import { sql, type RawBuilder } from 'kysely'

/**
 * The outcome that counts for a hook and a record: by the live release; without one, by the newest other release that
 * was not yanked. `outcome` is a winner of any release; the condition says that it is this one. So a pointer move
 * changes what counts at once, and writes nothing.
 */
export function isEffective(outcome: string): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${outcome}.${column}`)
  return sql`${of('won_at')} is not null and ${of('lost_at')} is null and ${of('release_id')} = (
    select other.release_id
    from run_outcome other
    join hook_release release on release.id = other.release_id and release.state <> 'YANKED'
    join hook on hook.name = release.hook
    where other.record = ${of('record')} and other.won_at is not null and other.lost_at is null
      and release.hook = (select hook from hook_release where id = ${of('release_id')})
    order by release.id = hook.live_release_id desc, release.version desc
    limit 1)`
}
