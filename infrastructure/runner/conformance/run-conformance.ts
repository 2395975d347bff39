import { readFile } from 'node:fs/promises'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFeatureSpec, type RuntimeConfig } from '@strata/domain/registry'
import { keepsFinishedRecords, type HookRunner, type RunJob } from '@strata/domain/run'
import { parseHookName } from '@strata/domain/shared'
import { InvalidOutput } from '../shared/invalid-output.ts'
import { prepareInput } from '../shared/prepare-input.ts'
import { readOutputs, type RecordResult } from '../shared/read-outputs.ts'
import { failureScenarios } from './failures.ts'
import { resultScenarios } from './results.ts'
import type { Observed, Scenario } from './scenario.ts'
import { wallScenarios } from './walls.ts'

/** How a backend is brought up, and how it makes something to run out of a scenario's code. */
export interface ConformingBackend {
  readonly runner: HookRunner
  /** `code` is the module's or the shell's text, whichever the backend runs, with its placeholders filled in. */
  runtimeFor(code: string, config: RuntimeConfig['config']): Promise<RuntimeConfig>
  readonly language: 'module' | 'shell'
  /** Processes, containers or Jobs of hooks that are there now. */
  leftovers(): Promise<readonly string[]>
  close(): Promise<void>
}

/** Every backend must pass every scenario. Call it in a test file of the backend's. */
export function runConformance(name: string, start: () => Promise<ConformingBackend>): void {
  describe(`${name}: a hook`, () => {
    let backend: ConformingBackend
    let world: World
    beforeAll(async () => {
      world = await startWorld()
      backend = await start()
    })
    afterAll(async () => {
      await backend?.close()
      await world?.close()
    })

    for (const scenario of [...resultScenarios, ...failureScenarios, ...wallScenarios]) {
      test(scenario.name, { timeout: 60_000 }, async () => {
        scenario.check(await play(scenario, backend, world))
        expect(await backend.leftovers()).toEqual([])
        // A hook that reached what it must not would have left a mark, or taken one along.
        expect(world.requests()).toBe(0)
        expect(await readFile(world.secret, 'utf8')).toBe('the secret of the worker')
      })
    }
  })
}

interface World {
  readonly dir: string
  readonly secret: string
  readonly port: number
  requests(): number
  close(): Promise<void>
}

async function startWorld(): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'strata-conformance-'))
  const secret = join(dir, 'secret.txt')
  await writeFile(secret, 'the secret of the worker', { mode: 0o600 })
  let requests = 0
  const server = createServer((_, response) => {
    requests += 1
    response.end('reached')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    dir,
    secret,
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    async close() {
      await new Promise((resolve) => server.close(resolve))
      await rm(dir, { recursive: true, force: true })
    },
  }
}

let runs = 0
const feature = parseFeatureSpec(
  {
    table: {
      cardinality: 'MANY',
      columns: [
        { name: 'text', type: 'TEXT', required: false },
        { name: 'number', type: 'NUMBER', required: false },
      ],
    },
  },
  'feature',
)

async function play(scenario: Scenario, backend: ConformingBackend, world: World): Promise<Observed> {
  const ids = scenario.records ?? ['a', 'b', 'c']
  const job = await prepareJob(scenario, backend, world, ids)
  const followed: Uint8Array[] = []
  const controller = new AbortController()
  if (scenario.cancelAfterMs === 0) controller.abort()
  const timer = scenario.cancelAfterMs === undefined ? undefined : setTimeout(() => controller.abort(), scenario.cancelAfterMs)
  const observation = await backend.runner.run(job, { signal: controller.signal, onLog: (chunk) => followed.push(chunk) })
  clearTimeout(timer)
  const kind = observation.failure?.kind
  const read =
    kind === undefined || keepsFinishedRecords(kind) ? await readAll(job, ids, kind === undefined) : { results: [], refusal: undefined }
  return {
    observation,
    ...read,
    log: await readFile(job.logFile, 'utf8').catch(() => ''),
    followed: Buffer.concat(followed).toString(),
  }
}

async function prepareJob(scenario: Scenario, backend: ConformingBackend, world: World, ids: readonly string[]): Promise<RunJob> {
  runs += 1
  const dir = join(world.dir, `run-${runs}`)
  const [inputDir, filesDir, outputDir] = [join(dir, 'in'), join(dir, 'files'), join(dir, 'out')]
  for (const path of [filesDir, outputDir]) await mkdir(path, { recursive: true })
  for (const [path, text] of Object.entries(scenario.files ?? {})) {
    await mkdir(dirname(join(filesDir, path)), { recursive: true })
    await writeFile(join(filesDir, path), text)
  }
  const config = scenario.config ?? {}
  await prepareInput(
    inputDir,
    ids.map((id) => ({ id, metadata: { title: id }, sizeHintMb: 0 })),
    config,
  )
  const code = scenario[backend.language].replaceAll('SECRET', world.secret).replaceAll('PORT', String(world.port))
  return {
    runId: `conformance-${process.pid}-${runs}`,
    attempt: 1,
    hook: parseHookName('conformance'),
    runtime: await backend.runtimeFor(code, config),
    memoryBytes: (scenario.memoryMebibytes ?? 256) * 2 ** 20,
    cpuMillis: 1000,
    timeoutSeconds: scenario.timeoutSeconds ?? 30,
    inputDir,
    filesDir,
    outputDir,
    logFile: join(dir, 'log'),
    maxLogBytes: scenario.maxLogBytes ?? 2 ** 20,
    maxOutputBytes: scenario.maxOutputBytes ?? 64 * 2 ** 20,
  }
}

async function readAll(
  job: RunJob,
  ids: readonly string[],
  complete: boolean,
): Promise<{ results: RecordResult[]; refusal: string | undefined }> {
  const results: RecordResult[] = []
  try {
    for await (const result of readOutputs({ dir: job.outputDir, feature, ids: new Set(ids), complete })) results.push(result)
    return { results, refusal: undefined }
  } catch (error) {
    if (!(error instanceof InvalidOutput)) throw error
    return { results: [], refusal: error.message }
  }
}
