import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { dropReferences } from '../repository/file-reference.ts'

type Writing = Pick<Transaction, 'kysely'>

/**
 * Erases what the database has of runs over a removed record, of those that have ended: what they printed, their kept files, which may
 * hold any record and cannot be cut, the messages about their failures, and the differences that reproductions show. Counts stay. Returns
 * the runs that have ended.
 */
export async function eraseRuns({ kysely }: Writing, withdrawal: string, runs: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from hook_run where id = any(${runs}::uuid[]) and finished_at is not null order by id for update`.execute(kysely)
  const ended = rows.map(({ id }) => id)
  if (ended.length === 0) return []
  const those = sql`any(${ended}::uuid[])`
  await sql`delete from run_log where run = ${those}`.execute(kysely)
  const kept = await sql<{ digest: string }>`delete from run_file where run = ${those} returning digest`.execute(kysely)
  await nameFiles(
    { kysely },
    withdrawal,
    kept.rows.map(({ digest }) => digest),
  )
  // Of a run that failed, the message is the reason of every record.
  await sql`
    update run_outcome set reason = ${erasedReason}
    from hook_run
    where hook_run.id = run and run = ${those} and hook_run.status = 'FAILED' and reason = failure_message`.execute(kysely)
  await sql`
    update hook_run
    set failure_message = case when failure_message is not null then ${erasedMessage} end, run_json = without_messages(run_json)
    where id = ${those} and (failure_message <> ${erasedMessage} or run_json is distinct from without_messages(run_json))`.execute(kysely)
  await sql`
    update run_attempt set failure_message = ${erasedMessage}
    where run = ${those} and failure_message <> ${erasedMessage} and finished_at is not null`.execute(kysely)
  await sql`
    update reproduction set examples = without_erased(examples)
    where run = any(select id from hook_run where id = ${those} or reproduces = ${those}) and examples <> without_erased(examples)`.execute(
    kysely,
  )
  await sql`
    update erasure set done_at = clock_timestamp()
    where withdrawal = ${withdrawal} and kind = 'RUN' and name = any(${ended}::text[]) and done_at is null`.execute(kysely)
  return ended
}

/** What stands in place of a reason that was erased. The triggers allow no other text. */
export const erasedReason = 'Erased with the record that was removed.'

/** What stands in place of a message that was erased. The triggers allow no other text. */
const erasedMessage = 'Erased with a record that was removed.'

/** Content that other records have, or runs and drafts, stays; whatever it is, it is looked at again when it is to be erased. */
export async function nameFiles({ kysely }: Writing, withdrawal: string, digests: readonly string[]): Promise<void> {
  if (digests.length === 0) return
  await dropReferences(kysely, digests)
  await sql`
    insert into erasure (withdrawal, kind, name)
    select ${withdrawal}, 'FILE', digest from unnest(${digests}::text[]) digest
    on conflict do nothing`.execute(kysely)
}
