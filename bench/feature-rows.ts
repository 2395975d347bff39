import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished, pipeline } from 'node:stream/promises'
import { deployConvention, type DeployInput } from '@strata/domain/convention'
import { publishRecords, type PublishInput } from '@strata/domain/record'
import { buildRunJson, finishRun, printRunJson, startBatch, startInputDigest, type OutputFile, type TakenRun } from '@strata/domain/run'
import * as postgres from '@strata/infrastructure/postgres'
import { runWorkspace } from '@strata/infrastructure/runner'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

/**
 * Measures the insertion of a run's rows, from the hook's file to the commit: read and parse, check against the contract, stage,
 * COPY, outcomes, the end of the run. The peer, in the same run, is a COPY of the same prepared rows into a table with the
 * same columns and indexes.
 */
const rows = Number(process.argv[2] ?? 1_000_000)
const records = 1_000
const perRecord = rows / records
const inputDigest = startInputDigest({}).end()

const manifest: DeployInput = {
  slug: 'bench',
  title: 'Bench',
  description: 'Rows by the million.',
  schema: { id: 'bench', version: '1.0.0', fields: [{ name: 'n', type: 'INTEGER', required: true, cardinality: 'ONE' }] },
  hooks: [
    {
      name: 'residues',
      feature: {
        table: {
          cardinality: 'MANY',
          columns: [
            { name: 'residue', type: 'INTEGER', required: true },
            { name: 'score', type: 'NUMBER', required: true },
            { name: 'chain', type: 'TEXT', required: true },
            { name: 'buried', type: 'BOOLEAN', required: false },
          ],
        },
      },
      release: { runtime: { module: { source: 'export default () => []' } }, sourceRef: 'doi:10.1000/bench' },
    },
  ],
  dryRun: false,
  allowShared: false,
}
const numbers: PublishInput = {
  convention: 'bench',
  origin: { type: 'import', sourceNode: 'here' },
  records: Array.from({ length: records }, (_, n) => ({ sourceId: String(n), metadata: { n } })),
}

const dir = await mkdtemp(join(tmpdir(), 'strata-bench-'))
const server = await postgres.startEmbeddedPostgres({ dir: join(dir, 'postgres') })
await postgres.migrate(server.url)
const database = postgres.openDatabase({ url: server.url, poolSize: 4, name: 'bench' })
const peak = watchMemory()
try {
  const run = await takeRun()
  const workspace = runWorkspace(join(dir, 'runs'), { stageRows: postgres.stageRows, blobs: { open: async () => undefined } })
  const place = await workspace.open({ run: run.id, lease: 1, attempt: 1 })
  await writeOutput(join(place.outputDir, 'features.jsonl'), run.recordIds)
  const base = process.memoryUsage.rss()
  peak.reset()
  await database.pool.query('checkpoint')

  const spent = process.cpuUsage()
  const began = performance.now()
  const read = await workspace.read(place, {
    run: run.id,
    version: run.release.version,
    attempt: 1,
    feature: run.feature,
    ids: new Set(run.recordIds),
    complete: true,
  })
  if (!read.ok) throw new Error(read.reason)
  const checked = performance.now()
  const text = await workspace.writeRunJson({ run: run.id, lease: 1 }, describe(run, read))
  await postgres.transaction(database, (tx) =>
    finishRun(
      {
        runs: postgres.runEndings(tx),
        rows: postgres.featureRowStore(tx),
        batches: postgres.batchStore(tx),
        outbox: postgres.outbox(tx, 'bench'),
        reproductions: postgres.reproductionStore(tx),
      },
      { lease: run.lease, runJson: text, inputDigest, outcomes: read.settled, staged: [read.staged] },
    ),
  )
  const ended = performance.now()
  const cpu = process.cpuUsage(spent)
  const highest = peak.highest()

  const bare = await bareCopy()
  const path = ended - began
  print('insertion path', path, `of it reading and checking ${Math.round(checked - began)} ms, inserting ${Math.round(ended - checked)} ms`)
  print('bare COPY', bare, 'the same rows, a table of the same columns and indexes')
  console.log(`ratio          ${(bare / path).toFixed(2)}  (bar: at least 0.40)`)
  console.log(`processor      ${Math.round(((cpu.user + cpu.system) / rows) * 1_000) / 1_000} µs a row in this process`)
  console.log(`memory         ${mebi(base)} MiB before, ${mebi(highest)} MiB at most`)
  process.exitCode = bare / path >= 0.4 ? 0 : 1
} finally {
  peak.stop()
  await database.close()
  await server.stop()
  await rm(dir, { recursive: true, force: true })
}

function describe(run: TakenRun, read: { readonly files: readonly OutputFile[] }): string {
  const { release } = run
  const now = new Date().toISOString()
  const limits = { memoryBytes: run.memoryBytes, cpuMillis: 500, timeoutSeconds: 300 }
  return printRunJson(
    buildRunJson({
      run: run.id,
      batch: run.batch,
      hook: run.hook,
      release: { id: release.id, version: release.version, sourceRef: release.sourceRef },
      runtime: { type: 'module', digest: release.runtime.digest, config: release.runtime.config },
      recordIds: run.recordIds,
      attempts: [{ number: 1, because: 'first', records, limits, isolation: [], startedAt: now, finishedAt: now }],
      inputDigest,
      outputs: read.files,
      counts: { records, passed: records, empty: 0, rejected: 0, errored: 0, rows },
      status: 'PASSED',
      startedAt: now,
      finishedAt: now,
    }),
  )
}

async function takeRun() {
  await postgres.transaction(database, async (tx) => {
    const common = { hooks: postgres.hookRepository(tx), modules: postgres.moduleStore(tx), outbox: postgres.outbox(tx, 'bench') }
    const tables = {
      conventions: postgres.conventionRepository(tx),
      schemas: postgres.schemaRepository(tx),
      featureTables: postgres.featureTables(tx),
      metadataTables: postgres.metadataTables(tx),
    }
    await deployConvention({ ...common, ...tables }, manifest, 'bench')
    const results = await publishRecords(
      { records: postgres.recordStore(tx), files: postgres.recordFileStore(tx), outbox: common.outbox },
      numbers,
      'bench',
    )
    const recordIds = results.flatMap((result) => (result.status === 'PUBLISHED' ? [result.id] : []))
    const ports = { liveReleases: postgres.liveReleases(tx), batches: postgres.batchStore(tx) }
    await startBatch(
      ports,
      { convention: 'bench', recordIds, priority: 'BULK', cause: { kind: 'event', eventId: randomUUID(), part: 0 } },
      { actor: 'bench', requestId: undefined },
    )
  })
  const { rows: found } = await database.pool.query('select id from hook_run')
  const run = await postgres.runLeases(database).take(found[0].id, 'bench', 3_600)
  if (run === undefined) throw new Error('there is no run to take')
  return run
}

async function writeOutput(path: string, ids: readonly string[]): Promise<void> {
  const file = createWriteStream(path)
  for (const [n, id] of ids.entries()) {
    const features = Array.from({ length: perRecord }, (_, i) => ({
      residue: i,
      score: ((n * perRecord + i) % 9973) / 9973,
      chain: `chain ${(n + i) % 26}`,
      buried: i % 3 === 0,
    }))
    if (!file.write(`${JSON.stringify({ id, features })}\n`)) await new Promise((resolve) => file.once('drain', resolve))
  }
  file.end()
  await finished(file)
}

/** Writes the rows of the table to a file first, and then measures copying them in. */
async function bareCopy(): Promise<number> {
  const client = await database.pool.connect()
  try {
    const staged = join(dir, 'bare')
    await pipeline(client.query(copyTo('copy features.residues to stdout')), createWriteStream(staged))
    await client.query('checkpoint')
    await client.query('create table features.bare (like features.residues including all)')
    const began = performance.now()
    await client.query('begin')
    await pipeline(createReadStream(staged, { highWaterMark: 1 << 18 }), client.query(copyFrom('copy features.bare from stdin')))
    await client.query('commit')
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

function print(name: string, milliseconds: number, what: string): void {
  console.log(`${name.padEnd(14)} ${Math.round((rows / milliseconds) * 1_000).toLocaleString('en')} rows/s  (${what})`)
}

function mebi(bytes: number): number {
  return Math.round(bytes / 2 ** 20)
}
