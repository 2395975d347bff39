import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProgramRunner, RunControl, RunJob, RunObservation } from '@strata/domain/run'
import { parseHookName } from '@strata/domain/shared'
import type { PushedImage } from './hook-images.ts'

export const mebi = 2 ** 20

export interface Executed extends RunObservation {
  readonly job: RunJob
  readonly text: string
  /** The content of an output file; undefined when it does not exist. */
  wrote(file: string): Promise<string | undefined>
}

/** Runs a job and returns its observation and output. */
export async function executed(runner: ProgramRunner, job: RunJob, control: RunControl): Promise<Executed> {
  const observed = await runner.run(job, control)
  return { ...observed, job, text: (await read(job.logFile)) ?? '', wrote: (file) => read(join(job.outputDir, file)) }
}

function read(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

/** A job over two records, with its directories below `parent`. */
export async function jobBelow(parent: string, { image, digest }: PushedImage, more: Partial<RunJob>): Promise<RunJob> {
  const runId = randomUUID()
  const dir = join(parent, runId)
  const [inputDir, filesDir, outputDir] = [join(dir, 'in'), join(dir, 'files'), join(dir, 'out')]
  await mkdir(dir, { mode: 0o700 })
  for (const made of [inputDir, filesDir, outputDir]) await mkdir(made, { mode: 0o700 })
  await writeFile(
    join(inputDir, 'records.jsonl'),
    '{"id":"a","metadata":{},"size_hint_mb":0}\n{"id":"b","metadata":{},"size_hint_mb":0}\n',
    { mode: 0o600 },
  )
  return {
    runId,
    attempt: 1,
    program: { kind: 'hook', name: parseHookName('test_hook') },
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
