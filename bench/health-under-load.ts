import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, startEmbeddedPostgres } from '@strata/infrastructure/postgres'
import { fillCostly } from './fixture/costly-archive.ts'
import { queriesAtTheLimit, queryBeyondTheAnswer } from './fixture/costly-queries.ts'
import { quantile } from './fixture/measured.ts'

/**
 * Measures how soon a node answers its health checks while fifty callers constantly send queries at the limits. A separate process times the
 * answers. The baseline is the same idle node in the same run.
 */
const callers = Number(process.argv[2] ?? 50)
const seconds = Number(process.argv[3] ?? 20)
const bar = 100
const load = { isOver: false }

await using parts = new AsyncDisposableStack()
const dir = await mkdtemp(join(tmpdir(), 'strata-bench-'))
parts.defer(() => rm(dir, { recursive: true, force: true }))
const postgres = await startEmbeddedPostgres({ dir: join(dir, 'postgres') })
parts.defer(() => postgres.stop())
const { url, pid, token, end } = await startArchive()
parts.defer(end)
const database = openDatabase({ url: postgres.url, poolSize: 4, name: 'bench' })
parts.defer(() => database.close())
await fillCostly({ ask: (query, variables) => post(query, variables, token), database }, { records: 50, perRecord: 1_000 })

const queries = [...queriesAtTheLimit, queryBeyondTheAnswer]
for (const query of queries) await post(query)
const idle = await watch(5_000, () => Promise.resolve())
const statuses = new Map<number, number>()
const busy = await watch(seconds * 1_000, async () => {
  await Promise.all(
    Array.from({ length: callers }, async (_, i) => {
      for (let n = i; !load.isOver; n++) {
        const { status } = await post(queries[n % queries.length] ?? '')
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }),
  )
})

console.log(`${callers} callers, each with one query at the limit after another, for ${seconds} s; milliseconds`)
for (const path of ['/healthz', '/readyz']) {
  const [alone, loaded] = [idle.get(path) ?? [], busy.get(path) ?? []]
  const p99 = quantile(loaded, 0.99)
  console.log(
    `${path.padEnd(10)} alone p50 ${ms(alone, 0.5)} p99 ${ms(alone, 0.99)}   loaded p50 ${ms(loaded, 0.5)} p99 ${ms(loaded, 0.99)} of ${loaded.length}   ratio of p99 ${(p99 / quantile(alone, 0.99)).toFixed(1)}  (bar: ${bar})`,
  )
  if (!(p99 <= bar)) process.exitCode = 1
}
console.log(`answers    ${[...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')}`)
console.log(`memory     ${memoryMiB(pid)} MiB at its most`)

/** Polls both endpoints in turn from a dedicated process while `work` runs. */
async function watch(forMs: number, work: () => Promise<unknown>): Promise<ReadonlyMap<string, readonly number[]>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fixture/watch-health.ts'), url, String(forMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  load.isOver = false
  const working = work()
  let text = ''
  for await (const chunk of child.stdout) text += String(chunk)
  load.isOver = true
  await working
  return new Map(Object.entries(JSON.parse(text) as Record<string, number[]>))
}

async function post(query: string, variables: Record<string, unknown> = {}, bearer?: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  return {
    status: response.status,
    errors: response.ok && bearer !== undefined ? ((JSON.parse(text) as { errors?: readonly object[] }).errors ?? []) : [],
  }
}

async function startArchive() {
  const settings = {
    STRATA_PORT: '0',
    STRATA_DATA_DIR: dir,
    STRATA_LOG_LEVEL: 'silent',
    STRATA_TOKEN_SECRET: randomBytes(32).toString('hex'),
    DATABASE_URL: postgres.url,
    DATABASE_READ_URL: postgres.readUrl,
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, '../standalone/main.ts')], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let written = ''
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    written += String(chunk)
    if (written.includes('Ctrl-C')) break
  }
  child.stdout.resume()
  const { url, token } = JSON.parse(readFileSync(join(dir, 'credentials.json'), 'utf8')) as { url: string; token: string }
  const ended = new Promise((resolve) => child.once('close', resolve))
  return { url, token, pid: child.pid ?? 0, end: async () => void (child.kill('SIGINT'), await ended) }
}

function memoryMiB(of: number): string {
  return (Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${of}/status`, 'utf8'))?.[1]) / 1024).toFixed(0)
}

function ms(times: readonly number[], q: number): string {
  return quantile(times, q).toFixed(1)
}
