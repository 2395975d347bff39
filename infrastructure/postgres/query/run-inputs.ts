import type { InputRecord } from '@strata/domain/run'
import type { JsonObject } from '@strata/domain/shared'
import type { RecordId } from '@strata/domain/record'
import { sql } from 'kysely'
import type { Database } from '../setup/connection.ts'
import { fileQueries } from './files.ts'

const recordsPerQuery = 100
const mebi = 2 ** 20

/** The records of a batch as hooks are handed them, in its order and a few at a time. */
export function runInputs(database: Pick<Database, 'kysely' | 'prisma' | 'pool'>) {
  const { kysely } = database
  return async function* records(ids: readonly string[]): AsyncGenerator<InputRecord> {
    for (let i = 0; i < ids.length; i += recordsPerQuery) {
      const wanted = ids.slice(i, i + recordsPerQuery)
      const { rows } = await sql<{ id: string; metadata: JsonObject }>`
        select id, metadata from record where id = any(${wanted}::uuid[])`.execute(kysely)
      const files = await fileQueries(database).filesOf(wanted.map((id) => id as RecordId))
      const byId = new Map(rows.map((row) => [row.id, row.metadata]))
      for (const [n, id] of wanted.entries()) {
        const metadata = byId.get(id)
        if (metadata === undefined) throw new Error(`the record ${id} of a batch is not there`)
        const own = files[n] ?? []
        const bytes = own.reduce((sum, { size }) => sum + Number(size), 0)
        yield { id, metadata, sizeHintMb: Math.ceil(bytes / mebi), files: own.map(({ name, digest }) => ({ name, digest })) }
      }
    }
  }
}
