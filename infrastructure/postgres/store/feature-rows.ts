import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { contractColumns, type FeatureRow, type FeatureRowStore } from '@strata/domain/run'
import type { FeatureSpec } from '@strata/domain/registry'
import { from as copyFrom } from 'pg-copy-streams'
import type { Transaction } from '../session/transaction.ts'
import { copyLines } from './copy-line.ts'

/** Checked rows in a file in COPY's format, so that they need not be in memory. */
export interface StagedRows {
  /** All rows of one record. */
  add(record: string, rows: readonly FeatureRow[]): Promise<void>
  close(): Promise<void>
}

const flushAt = 1 << 20

export async function stageRows(o: { path: string; run: string; version: number; feature: FeatureSpec }): Promise<StagedRows> {
  const file = await open(o.path, 'w', 0o600)
  const encode = copyLines(contractColumns(o.feature).map(({ type }) => type))
  let text = ''
  return {
    async add(record, rows) {
      // A record's rows may take many megabytes, so they are written a few hundred at a time.
      for (let i = 0; i < rows.length; i += 512) {
        text += encode(o, record, i === 0 && rows.length <= 512 ? rows : rows.slice(i, i + 512), i)
        if (text.length < flushAt) continue
        await file.write(text)
        text = ''
      }
    },
    async close() {
      if (text !== '') await file.write(text)
      await file.close()
    },
  }
}

export function featureRowStore({ client }: Pick<Transaction, 'client'>): FeatureRowStore {
  return {
    insert: ({ expected, feature }, staged) => copyRows(client, `features.${client.escapeIdentifier(expected.hook)}`, feature, staged),
  }
}

/** Copies staged rows into a table of their hook's shape; returns their number. */
export async function copyRows(
  client: Transaction['client'],
  table: string,
  feature: FeatureSpec,
  staged: readonly string[],
): Promise<number> {
  const columns = ['_run', '_version', '_record', '_ordinal', ...contractColumns(feature).map(({ name }) => name)]
  const statement = `copy ${table} (${columns.map((name) => client.escapeIdentifier(name)).join(', ')}) from stdin`
  let rows = 0
  for (const path of staged) {
    const copy = client.query(copyFrom(statement))
    await pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), copy)
    rows += copy.rowCount
  }
  return rows
}
