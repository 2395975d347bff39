import type { InputRecord } from '@strata/domain/run'
import type { JsonObject } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../setup/connection.ts'

const recordsPerQuery = 100

/** The records of a batch as hooks are handed them, in its order and a few at a time. */
export function runInputs({ kysely }: Pick<Database, 'kysely'>) {
  return async function* records(ids: readonly string[]): AsyncGenerator<InputRecord> {
    for (let i = 0; i < ids.length; i += recordsPerQuery) {
      const wanted = ids.slice(i, i + recordsPerQuery)
      const { rows } = await sql<{ id: string; metadata: JsonObject }>`
        select id, metadata from record where id = any(${wanted}::uuid[])`.execute(kysely)
      const byId = new Map(rows.map((row) => [row.id, row.metadata]))
      for (const id of wanted) {
        const metadata = byId.get(id)
        if (metadata === undefined) throw new Error(`the record ${id} of a batch is not there`)
        yield { id, metadata, sizeHintMb: 0 }
      }
    }
  }
}
