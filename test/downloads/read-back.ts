import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { temporaryDirectory } from '../support/temporary-directory.ts'

export type ReadRow = Readonly<Record<string, unknown>>

/** Has another program read a file: DuckDB, which shares no code with what wrote it. `{file}` stands for it in the query. */
export async function duckdb(bytes: Uint8Array, ending: string, query: string): Promise<readonly ReadRow[]> {
  await using directory = await temporaryDirectory()
  const path = join(directory.path, `download.${ending}`)
  await writeFile(path, bytes)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const result = await connection.runAndReadAll(query.replace('{file}', `'${path}'`))
    return result.getRowObjects()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
