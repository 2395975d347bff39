import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importRecords, publishRecords, type ImportLine } from '@strata/domain/record'
import { loadConfig } from '@strata/infrastructure/environment'
import { archiveTokens } from '@strata/infrastructure/idp'
import {
  openDatabase,
  outbox,
  recordFileStore,
  recordStore,
  schemaOf,
  startEmbeddedPostgres,
  transaction,
  type Database,
} from '@strata/infrastructure/postgres'
import { createLogger } from '@strata/infrastructure/telemetry'
import { startNode } from '@strata/standalone'
import { bareCopy, makeBareTables } from './import/bare-copy.ts'
import { fields, proteinLine, type Line } from './import/protein-lines.ts'

/** The speed of an import in rows a second, through the use case and over HTTP, relative to a bare COPY in the same run. */
const count = Number(process.argv[2] ?? 100_000)
const sliceSize = 50_000
const bar = 0.4

const dir = await mkdtemp(join(tmpdir(), 'strata-bench-'))
const postgres = await startEmbeddedPostgres({ dir: join(dir, 'postgres') })
const secret = randomBytes(32).toString('hex')
const config = loadConfig({
  STRATA_PORT: '0',
  STRATA_DATA_DIR: dir,
  STRATA_LOG_LEVEL: 'silent',
  STRATA_TOKEN_SECRET: secret,
  STRATA_GATEWAY_SECRET: secret,
  DATABASE_URL: postgres.url,
  DATABASE_READ_URL: postgres.readUrl,
})
const node = await startNode(config, createLogger(config.log, 'bench'))
const database = openDatabase({ url: postgres.url, poolSize: 4, name: 'bench' })
try {
  const token = await archiveTokens({ secret, domain: config.domain }).sign({
    subject: 'bench',
    roles: ['ADMIN'],
    scopes: [],
    expiresInSeconds: 3600,
  })
  await deploy(node.url, token)
  const lines = Array.from({ length: count }, (_, i) => proteinLine(i))
  const useCase = await compare('use case', (slice) => throughUseCase(database, slice))
  const http = await compare('over HTTP', (slice) => overHttp(node.url, token, slice))
  console.log(`of a bare COPY at ${count} rows: use case ${useCase.toFixed(2)}, over HTTP ${http.toFixed(2)}; the bar is ${bar}`)
  if (useCase < bar) process.exitCode = 1

  /** The two alternate slice by slice, so that other load on the machine affects both. */
  async function compare(name: string, way: (slice: readonly Line[]) => Promise<number>): Promise<number> {
    await makeBareTables(database)
    let copySeconds = 0
    let seconds = 0
    for (let i = 0; i < count; i += sliceSize) {
      const slice = lines.slice(i, i + sliceSize)
      copySeconds += await bareCopy(database, slice)
      seconds += await way(slice)
    }
    await emptyTables(database)
    console.log(`COPY ${rate(copySeconds)} rows/s, ${name} ${rate(seconds)} rows/s: ${(copySeconds / seconds).toFixed(2)}`)
    return copySeconds / seconds
  }
} finally {
  await database.close()
  await node.close()
  await postgres.stop()
  await rm(dir, { recursive: true })
}

async function throughUseCase(database: Database, lines: readonly Line[]): Promise<number> {
  const began = performance.now()
  const ports = {
    schemaOf: (slug: string) => schemaOf(database, slug),
    publish: (input: Parameters<typeof publishRecords>[1]) =>
      transaction(database, (tx) =>
        publishRecords({ records: recordStore(tx), files: recordFileStore(tx), outbox: outbox(tx, 'bench') }, input, 'bench'),
      ),
  }
  let published = 0
  for await (const results of importRecords(ports, {
    convention: 'proteins',
    sourceNode: 'rcsb.org',
    onChange: 'KEEP',
    sight: { of: 'PUBLISHED' },
    read: () => chunks(lines),
  })) {
    published += results.filter(({ status }) => status === 'PUBLISHED').length
  }
  if (published !== lines.length) throw new Error(`${published} of ${lines.length} were published`)
  return (performance.now() - began) / 1000
}

async function* chunks(lines: readonly Line[]): AsyncGenerator<ImportLine[], void> {
  for (let i = 0; i < lines.length; i += 5_000) yield lines.slice(i, i + 5_000).map((record, j) => ({ line: i + j + 1, record }))
}

async function overHttp(url: string, token: string, lines: readonly object[]): Promise<number> {
  const body = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const began = performance.now()
  const response = await fetch(new URL('/import/proteins?sourceNode=rcsb.org', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body,
  })
  const last = (await response.text()).trimEnd().split('\n').at(-1) ?? ''
  // Behind the counts may be a warning about the archive's first record.
  if (!last.startsWith(`{"done":true,"published":${lines.length},"revised":0,"changed":0,"duplicate":0,"invalid":0`)) {
    throw new Error(`the import ended with ${last}`)
  }
  return (performance.now() - began) / 1000
}

async function deploy(url: string, token: string): Promise<void> {
  const input = { slug: 'proteins', title: 'Proteins', description: '', schema: { id: 'protein', version: '1.0.0', fields } }
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }', variables: { input } }),
  })
  const answer = (await response.json()) as { errors?: readonly object[] }
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
}

/** Archives never delete records, so the benchmark empties its own database. */
async function emptyTables({ pool }: Database): Promise<void> {
  await pool.query(`
    set session_replication_role = replica;
    truncate metadata.protein_v1, record, outbox cascade;
    set session_replication_role = default;
    drop schema if exists bare cascade;
    checkpoint`)
}

function rate(seconds: number): string {
  return Math.round(count / seconds).toLocaleString('en')
}
