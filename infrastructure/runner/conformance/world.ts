import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RuntimeConfig } from '@strata/domain/registry'
import type { ProgramRunner, RunControl, RunJob, RunObservation } from '@strata/domain/run'

/** How a backend is brought up, and how it makes something to run out of a scenario's code. */
export interface ConformingBackend {
  readonly runner: ProgramRunner
  /** `code` is the module's or the shell's text, whichever the backend runs, with its placeholders filled in. */
  runtimeFor(code: string, config: RuntimeConfig['config']): Promise<RuntimeConfig>
  readonly language: 'module' | 'shell'
  /** Processes, containers or Jobs of programs that are there now. */
  leftovers(): Promise<readonly string[]>
  close(): Promise<void>
}

/** What a program must not reach: a file of the worker, and a server. */
export interface World {
  readonly dir: string
  readonly secret: string
  readonly port: number
  requests(): number
  close(): Promise<void>
}

export async function startWorld(): Promise<World> {
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

/** What the scenarios of every kind of program say. `SECRET` in the code is a file of the worker's, `PORT` the port of a server. */
export interface ProgramScenario {
  /** The end of a sentence: "a hook …". */
  readonly name: string
  readonly module: string
  readonly shell: string
  readonly memoryMebibytes?: number
  readonly timeoutSeconds?: number
  readonly maxOutputBytes?: number
  readonly maxLogBytes?: number
}

let jobs = 0

/** A job for a scenario's program. Its directories are not made yet. */
export async function jobFor(
  scenario: ProgramScenario,
  program: RunJob['program'],
  config: RuntimeConfig['config'],
  backend: ConformingBackend,
  world: World,
): Promise<RunJob> {
  jobs += 1
  const dir = join(world.dir, `run-${jobs}`)
  const code = scenario[backend.language].replaceAll('SECRET', world.secret).replaceAll('PORT', String(world.port))
  return {
    runId: `conformance-${process.pid}-${jobs}`,
    attempt: 1,
    program,
    runtime: await backend.runtimeFor(code, config),
    memoryBytes: (scenario.memoryMebibytes ?? 256) * 2 ** 20,
    cpuMillis: 1000,
    timeoutSeconds: scenario.timeoutSeconds ?? 30,
    inputDir: join(dir, 'in'),
    filesDir: join(dir, 'files'),
    outputDir: join(dir, 'out'),
    logFile: join(dir, 'log'),
    maxLogBytes: scenario.maxLogBytes ?? 2 ** 20,
    maxOutputBytes: scenario.maxOutputBytes ?? 64 * 2 ** 20,
  }
}

export interface Played {
  readonly observation: RunObservation
  readonly log: string
  /** What those who followed live were given. */
  readonly followed: string
}

export async function playJob({ runner }: ConformingBackend, job: RunJob, { signal, onLog }: RunControl): Promise<Played> {
  const followed: Uint8Array[] = []
  const observation = await runner.run(job, {
    signal,
    onLog(chunk) {
      followed.push(chunk)
      onLog?.(chunk)
    },
  })
  return { observation, log: await readFile(job.logFile, 'utf8').catch(() => ''), followed: Buffer.concat(followed).toString() }
}
