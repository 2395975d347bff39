import { randomUUIDv7 } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { transaction, type Database } from '@strata/infrastructure/postgres'
import { from as copyFrom } from 'pg-copy-streams'
import type { Line } from './protein-lines.ts'

/** Tables with the same columns and indexes as an archive's, without foreign keys, checks or triggers. */
export async function makeBareTables(database: Database): Promise<void> {
  await database.pool.query(`
    drop schema if exists bare cascade;
    create schema bare;
    create table bare.record (like public.record including defaults including generated including indexes);
    create table bare.metadata (like metadata.protein_v1 including indexes);`)
}

const recordColumns = 'id, convention, schema_id, schema_version, source, metadata, published_at, published_by'

/** The limit to compare with: a single COPY in one transaction. Its data is prepared before the clock starts. */
export async function bareCopy(database: Database, lines: readonly Line[]): Promise<number> {
  const texts = asCopyText(lines)
  const began = performance.now()
  await transaction(database, async ({ client }) => {
    await pipeline(Readable.from(texts.records), client.query(copyFrom(`copy bare.record (${recordColumns}) from stdin`)))
    await pipeline(Readable.from(texts.metadata), client.query(copyFrom(`copy bare.metadata (${columns}) from stdin`)))
  })
  return (performance.now() - began) / 1000
}

const columns = '_record, _convention, pdb_id, title, method, resolution, chains, organisms, released, is_complex'

function asCopyText(lines: readonly Line[]): { records: string[]; metadata: string[] } {
  const now = new Date().toISOString()
  const rows = lines.map((line) => ({ id: randomUUIDv7(), ...line }))
  const records = rows.map(({ id, sourceId, metadata }) =>
    row([
      id,
      'proteins',
      'protein',
      '1.0.0',
      JSON.stringify({ type: 'import', id: sourceId, sourceNode: 'rcsb.org' }),
      JSON.stringify(metadata),
      now,
      'bench',
    ]),
  )
  const typed = rows.map(({ id, metadata: m }) =>
    row([id, 'proteins', m.pdb_id, m.title, m.method, m.resolution, m.chains, JSON.stringify(m.organisms), m.released, m.is_complex]),
  )
  return { records: blocks(records), metadata: blocks(typed) }
}

function row(cells: readonly (string | number | boolean)[]): string {
  return `${cells.map((cell) => String(cell).replaceAll('\\', '\\\\')).join('\t')}\n`
}

function blocks(rows: readonly string[]): string[] {
  return Array.from({ length: Math.ceil(rows.length / 1000) }, (_, i) => rows.slice(i * 1000, (i + 1) * 1000).join(''))
}
