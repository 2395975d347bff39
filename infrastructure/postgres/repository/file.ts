import type { FileLedger, StoredFile } from '@strata/domain/record'
import type { Digest, StagingId } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'
import { noteTarget } from '../session/current-change.ts'
import { transaction, type Transaction } from '../session/transaction.ts'
import { toFile, type FileRow } from '../mappers/file.ts'

/** Each step is its own transaction: the content is moved in between, which a rollback could not undo. */
export function fileLedger(database: Database): FileLedger {
  return {
    async announce(file, actor) {
      await announce(database, file, actor)
    },

    keep: (file, actor, move) => transaction(database, (tx) => keep(tx, file, actor, move)),

    keepUpload: (file, actor, move, upload) =>
      transaction(database, async (tx) => {
        await keep(tx, file, actor, move)
        return exchange(tx, file, actor, upload)
      }),

    async releaseHoldings(before) {
      await sql`
        delete from file_holding
        where touched_at < ${before} and not exists (
          select from draft_file where draft_file.digest = file_holding.digest and owner = holder
        )`.execute(database.kysely)
    },

    async forgetUnreferenced(before, limit) {
      const { rows } = await sql<{ digest: Digest }>`
        with idle as (
          select digest from file
          where referenced_at is null and stored_at is not null and touched_at < ${before}
            and not exists (select from file_reference where file_reference.digest = file.digest)
          order by touched_at
          limit ${limit}
          for update skip locked
        )
        update file set stored_at = null from idle where file.digest = idle.digest returning file.digest`.execute(database.kysely)
      return rows.map(({ digest }) => digest)
    },

    async abandoned(before, limit) {
      const { rows } = await sql<{ digest: Digest }>`
        select digest from file
        where referenced_at is null and stored_at is null and touched_at < ${before}
        order by touched_at
        limit ${limit}`.execute(database.kysely)
      return rows.map(({ digest }) => digest)
    },

    strikeOff: (digest, before, remove) =>
      transaction(database, async (tx) => {
        const { rows } = await sql`
          select from file
          where digest = ${digest} and referenced_at is null and stored_at is null and touched_at < ${before}
          for update skip locked`.execute(tx.kysely)
        if (rows.length === 0) return false
        await remove()
        await sql`delete from file where digest = ${digest}`.execute(tx.kysely)
        return true
      }),
  }
}

async function keep(tx: Transaction, file: StoredFile, actor: string, move: () => Promise<void>): Promise<StoredFile> {
  noteTarget(`file:${file.digest}`)
  const row = await announce(tx, file, actor)
  if (row.stored_at === null) {
    await move()
    await sql`update file set stored_at = now() where digest = ${file.digest}`.execute(tx.kysely)
  }
  return toFile(row)
}

/**
 * Turns the upload's reservation into a holding. Content of a published record is open to everyone and needs no holding. The answer has the
 * caller's own media type or the published one, never that of another uploader of the same content.
 */
async function exchange(
  { kysely }: Transaction,
  { digest, size, mediaType }: StoredFile,
  holder: string,
  upload: StagingId,
): Promise<StoredFile> {
  await sql`
    insert into file_holding (digest, holder, size, media_type)
    select ${digest}, ${holder}, ${size}, ${mediaType ?? null}
    where not exists (select from record_file where digest = ${digest})
    on conflict (digest, holder) do update
      set touched_at = now(), media_type = coalesce(file_holding.media_type, excluded.media_type)`.execute(kysely)
  await sql`update upload set digest = ${digest}, touched_at = now() where id = ${upload}`.execute(kysely)
  const { rows } = await sql<{ media_type: string | null }>`
    select coalesce(file.media_type, held.media_type, ${mediaType ?? null}) as media_type
    from file left join file_holding held on held.digest = file.digest and held.holder = ${holder}
    where file.digest = ${digest}`.execute(kysely)
  return toFile({ digest, size: BigInt(size), media_type: rows[0]?.media_type ?? null })
}

/** Locks the file's row until the transaction ends. */
async function announce(tx: Pick<Transaction, 'kysely'>, { digest, size }: StoredFile, actor: string): Promise<FileRow> {
  const { rows } = await sql<FileRow>`
    insert into file (digest, size, created_by) values (${digest}, ${size}, ${actor})
    on conflict (digest) do update set touched_at = now()
    returning digest, size, media_type, stored_at`.execute(tx.kysely)
  if (rows[0] === undefined) throw new Error(`the file ${digest} was neither inserted nor found`)
  return rows[0]
}
