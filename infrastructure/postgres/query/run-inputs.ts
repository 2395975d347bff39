import type { InputRecord } from '@strata/domain/run'
import type { Digest, JsonObject } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'

const recordsPerQuery = 100
const mebi = 2 ** 20

export interface BatchInput {
  readonly recordIds: readonly string[]
  /** Whether these are candidates. Hooks then get the candidates' stored input, whatever their decision. */
  readonly candidates: boolean
}

/** The records of a batch as input of a hook, in order, a few at a time. */
export function runInputs({ kysely }: Pick<Database, 'kysely'>) {
  return async function* records({ recordIds, candidates }: BatchInput): AsyncGenerator<InputRecord> {
    const read = candidates ? candidatesById : recordsById
    for (let i = 0; i < recordIds.length; i += recordsPerQuery) {
      const wanted = recordIds.slice(i, i + recordsPerQuery)
      const byId = new Map((await read(kysely, wanted)).map((row) => [row.id, row]))
      for (const id of wanted) {
        const row = byId.get(id)
        if (row === undefined) throw new Error(`the record ${id} of a batch does not exist`)
        const bytes = row.files.reduce((sum, { size }) => sum + size, 0)
        yield {
          id,
          metadata: row.metadata,
          sizeHintMb: Math.ceil(bytes / mebi),
          files: row.files.map(({ name, digest }) => ({ name, digest })),
        }
      }
    }
  }
}

interface InputRow {
  readonly id: string
  readonly metadata: JsonObject
  readonly files: readonly { readonly name: string; readonly digest: Digest; readonly size: number }[]
}

async function recordsById(kysely: Database['kysely'], ids: readonly string[]): Promise<readonly InputRow[]> {
  const { rows } = await sql<InputRow>`
    select id, metadata, coalesce(files, '[]') as files
    from record
    left join lateral (
      select jsonb_agg(jsonb_build_object('name', name, 'digest', digest, 'size', size) order by position) as files
      from record_file join file using (digest)
      where record_id = record.id
    ) on true
    where id = any(${ids}::uuid[])`.execute(kysely)
  return rows
}

async function candidatesById(kysely: Database['kysely'], ids: readonly string[]): Promise<readonly InputRow[]> {
  const { rows } = await sql<InputRow>`
    select id, metadata, coalesce(files, '[]') as files
    from candidate
    left join lateral (
      select jsonb_agg(jsonb_build_object('name', name, 'digest', digest, 'size', size) order by position) as files
      from candidate_file
      where candidate_id = candidate.id
    ) on true
    where id = any(${ids}::uuid[])`.execute(kysely)
  return rows
}
