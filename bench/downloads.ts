import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { loadConfig } from '@strata/infrastructure/environment'
import { archiveTokens } from '@strata/infrastructure/idp'
import { openDatabase, startEmbeddedPostgres } from '@strata/infrastructure/postgres'
import { createLogger } from '@strata/infrastructure/telemetry'
import { startNode } from '@strata/standalone'
import { to as copyTo } from 'pg-copy-streams'

/**
 * Measures downloads of a hook's table over HTTP: rows a second, and memory as the table grows. The peer, in the same run, is one
 * COPY of the same cells in the same order, directly from PostgreSQL.
 */
const many = Number(process.argv[2] ?? 1_000_000)
const few = 100_000
const turns = 3
const formats = ['csv', 'jsonl', 'csv.gz', 'parquet'] as const

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
const database = openDatabase({ url: postgres.url, poolSize: 2, name: 'bench' })
const peak = watchMemory()
try {
  await makeTable()
  await grow(0, few)
  // A warm-up download, so that one-time costs do not count.
  for (const format of formats) await download(format)
  const before = new Map<string, number>()
  for (const format of formats) before.set(format, (await download(format)).peak)
  await grow(few, many)
  await publish(1_000, 1_001)

  const [bare, csv]: [number[], number[]] = [[], []]
  let highest = 0
  for (let turn = 0; turn < turns; turn += 1) {
    bare.push(await bareCopy())
    const taken = await download('csv')
    csv.push(taken.milliseconds)
    highest = Math.max(highest, taken.peak)
  }
  const ratio = median(bare) / median(csv)
  const grown = [mebi(highest - (before.get('csv') ?? 0))]
  print('csv', median(csv), `memory ${grown[0]} MiB more than at ${few.toLocaleString('en')} rows`)
  for (const format of formats.slice(1)) {
    const taken = await download(format)
    const more = mebi(taken.peak - (before.get(format) ?? 0))
    grown.push(more)
    print(format, taken.milliseconds, `memory ${more} MiB more`)
  }
  const growth = Math.max(...grown)
  print('bare COPY', median(bare), 'the same cells in the same order, one statement')
  console.log(`ratio          ${ratio.toFixed(2)}  (bar: at least 0.30)`)
  console.log(
    `memory         at most ${growth} MiB more at ${many.toLocaleString('en')} rows than at ${few.toLocaleString('en')}  (bar: less than 50)`,
  )
  process.exitCode = ratio >= 0.3 && growth < 50 ? 0 : 1
} finally {
  peak.stop()
  await database.close()
  await node.close()
  await postgres.stop()
  await rm(dir, { recursive: true, force: true })
}

/** Creates a convention with a hook, a thousand records, and a run with one row for each. */
async function makeTable(): Promise<void> {
  const columns = [
    { name: 'residue', type: 'INTEGER' },
    { name: 'score', type: 'NUMBER' },
    { name: 'chain', type: 'TEXT' },
    { name: 'buried', type: 'BOOLEAN', required: false },
  ]
  await ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
    slug: 'bench',
    title: 'Bench',
    description: 'Rows by the million.',
    schema: { id: 'bench', version: '1.0.0', fields: [{ name: 'n', type: 'INTEGER' }] },
    hooks: [
      {
        name: 'residues',
        feature: { table: { cardinality: 'MANY', columns } },
        release: {
          runtime: { module: { source: `export default () => [{ residue: 0, score: 0, chain: 'A', buried: true }]` } },
          sourceRef: 'doi:10.1000/bench',
        },
      },
    ],
  })
  await publish(0, 1_000)
  // Filling is faster without them, and a download in publish order uses none of them.
  const { rows } = await database.pool.query(`select indexrelid::regclass::text as name from pg_index
    where indrelid = 'features.residues'::regclass and not indisprimary and pg_get_indexdef(indexrelid) not like '%(_record, _ordinal)%'`)
  for (const { name } of rows) await database.pool.query(`drop index features.${name.replace(/^features\./, '')}`)
}

/** Publishing also records that something changed, which inserting rows by SQL does not. */
async function publish(from: number, to: number): Promise<void> {
  const records = Array.from({ length: to - from }, (_, i) => ({ sourceId: String(from + i), metadata: { n: from + i } }))
  await ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
    convention: 'bench',
    source: { import: { sourceNode: 'here' } },
    records,
  })
  const computed = async () =>
    Number((await database.pool.query('select coalesce(sum(passed_count), 0) as count from hook_run')).rows[0].count)
  while ((await computed()) < to) await pause(100)
}

async function ask(query: string, input: object): Promise<void> {
  const token = await archiveTokens({ secret, domain: config.domain }).sign({
    subject: 'bench',
    roles: ['ADMIN'],
    scopes: [],
    expiresInSeconds: 3600,
  })
  const response = await fetch(new URL('/graphql', node.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const answer = (await response.json()) as { errors?: readonly object[] }
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
}

async function grow(from: number, to: number): Promise<void> {
  await database.pool.query(`
    -- Rows of a run that has ended are refused otherwise.
    alter table features.residues disable trigger comes_from_a_run;
    insert into features.residues (_run, _version, _record, _ordinal, residue, score, chain, buried)
    select made._run, made._version, made._record, 1 + i / 1000, i, (i % 9973) / 9973.0, 'chain ' || i % 26, i % 3 = 0
    from generate_series(${from}, ${to - 1}) i
    join (select *, row_number() over (order by _record) - 1 as n from features.residues where _ordinal = 0) made on made.n = i % 1000;
    alter table features.residues enable trigger comes_from_a_run`)
  await database.pool.query('vacuum analyze features.residues')
  await database.pool.query('checkpoint')
}

async function download(format: string): Promise<{ milliseconds: number; peak: number }> {
  peak.reset()
  const began = performance.now()
  const [response] = (await once(get(new URL(`/data/bench/residues.${format}`, node.url)), 'response')) as [IncomingMessage]
  if (response.statusCode !== 200) throw new Error(`the download answered ${response.statusCode}`)
  response.resume()
  await once(response, 'end')
  return { milliseconds: performance.now() - began, peak: peak.highest() }
}

async function bareCopy(): Promise<number> {
  const client = await database.pool.connect()
  try {
    const began = performance.now()
    const copy = client.query(
      copyTo(`copy (
      select 'urn:osa:localhost:rec:' || _record || '@1', _run, _version, _ordinal, _version <> 1, residue, score, chain, buried::text
      from features.residues order by _record, _ordinal) to stdout (format csv)`),
    )
    copy.resume()
    await once(copy, 'end')
    return performance.now() - began
  } finally {
    client.release()
  }
}

function watchMemory() {
  let highest = 0
  const timer = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20)
  return { highest: () => highest, reset: () => void (highest = 0), stop: () => clearInterval(timer) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function print(name: string, milliseconds: number, what: string): void {
  console.log(`${name.padEnd(14)} ${Math.round((many / milliseconds) * 1_000).toLocaleString('en')} rows/s  (${what})`)
}

function mebi(bytes: number): number {
  return Math.round(bytes / 2 ** 20)
}
