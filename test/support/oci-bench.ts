import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { HookRunner, RunControl, RunJob, RunObservation } from '@strata/domain/run'
import { parseHookName } from '@strata/domain/shared'
import { ociRunner } from '@strata/infrastructure/runner/oci'
import { startContainerEngine } from './container-engine.ts'
import { hookImages, type HookImages, type PushedImage } from './hook-images.ts'
import { startImageRegistry, type ImageRegistry } from './image-registry.ts'
import { temporaryDirectory } from './temporary-directory.ts'

export interface Executed extends RunObservation {
  readonly job: RunJob
  readonly text: string
  /** What the hook wrote into a file of its output; undefined when there is none. */
  wrote(file: string): Promise<string | undefined>
}

/** An engine, a registry, a way to make images for them, and the runner over all that. */
export interface OciBench extends AsyncDisposable {
  readonly socket: string
  readonly registry: ImageRegistry
  readonly images: HookImages
  readonly runner: HookRunner
  job(image: PushedImage, more?: Partial<RunJob>): Promise<RunJob>
  run(image: PushedImage, more?: Partial<RunJob>, control?: RunControl): Promise<Executed>
}

export const mebi = 2 ** 20

export async function openOciBench(): Promise<OciBench> {
  await using parts = new AsyncDisposableStack()
  const directory = parts.use(await temporaryDirectory())
  const [engine, registry] = await Promise.all([startContainerEngine(), startImageRegistry()])
  parts.use(registry)
  parts.use(engine)
  const runner = ociRunner({ sockets: [engine.socket], node: 'test' })
  const job = (image: PushedImage, more: Partial<RunJob> = {}) => jobBelow(directory.path, image, more)
  const running = parts.move()
  return {
    socket: engine.socket,
    registry,
    images: hookImages(engine.socket, registry.host),
    runner,
    job,
    async run(image, more, control = { signal: new AbortController().signal }) {
      const made = await job(image, more)
      const observed = await runner.run(made, control)
      return { ...observed, job: made, text: (await read(made.logFile)) ?? '', wrote: (file) => read(join(made.outputDir, file)) }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function read(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

async function jobBelow(parent: string, { image, digest }: PushedImage, more: Partial<RunJob>): Promise<RunJob> {
  const runId = randomUUID()
  const dir = join(parent, runId)
  const [inputDir, filesDir, outputDir] = [join(dir, 'in'), join(dir, 'files'), join(dir, 'out')]
  await mkdir(dir, { mode: 0o700 })
  for (const made of [inputDir, filesDir, outputDir]) await mkdir(made, { mode: 0o700 })
  await writeFile(join(inputDir, 'records.jsonl'), '{"id":"a","metadata":{},"size_hint_mb":0}\n{"id":"b","metadata":{},"size_hint_mb":0}\n', { mode: 0o600 })
  return {
    runId,
    attempt: 1,
    hook: parseHookName('test_hook'),
    runtime: { type: 'oci', image, digest, config: {}, limits: { timeoutSeconds: 20, memory: '64Mi', cpu: '1' } },
    memoryBytes: 64 * mebi,
    cpuMillis: 1000,
    timeoutSeconds: 20,
    inputDir,
    filesDir,
    outputDir,
    logFile: join(dir, 'log'),
    maxLogBytes: 64 * 1024,
    maxOutputBytes: 8 * mebi,
    ...more,
  }
}
