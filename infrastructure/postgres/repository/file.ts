import type { FileLedger, StoredFile } from '@strata/domain/record'
import type { Digest } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../setup/connection.ts'
import { transaction, type Transaction } from '../setup/transaction.ts'
import { toFile, type FileRow } from './mappers/file.ts'

/** Each step commits by itself: between them content is moved, which no transaction can take back. */
export function fileLedger(database: Database): FileLedger {
  return {
    async announce(file, actor) {
      await announce(database, file, actor)
    },

    keep: (file, actor, move) =>
      transaction(database, async (tx) => {
        const row = await announce(tx, file, actor)
        if (row.stored_at === null) {
          await move()
          await sql`update file set stored_at = now() where digest = ${file.digest}`.execute(tx.kysely)
        }
        return toFile(row)
      }),

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

/** Holds the file's row until the transaction ends. The first media type that somebody gives stays. */
async function announce(tx: Pick<Transaction, 'kysely'>, { digest, size, mediaType }: StoredFile, actor: string): Promise<FileRow> {
  const { rows } = await sql<FileRow>`
    insert into file (digest, size, media_type, created_by) values (${digest}, ${size}, ${mediaType ?? null}, ${actor})
    on conflict (digest) do update set touched_at = now(), media_type = coalesce(file.media_type, excluded.media_type)
    returning digest, size, media_type, stored_at`.execute(tx.kysely)
  if (rows[0] === undefined) throw new Error(`the file ${digest} was neither inserted nor found`)
  return rows[0]
}
