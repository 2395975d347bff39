import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runFailure, type FailureKind, type ProgramRunner, type RunJob, type RunObservation } from '@strata/domain/run'

export interface ScriptedInput {
  readonly job: RunJob
  readonly ids: readonly string[]
  readonly records: readonly { readonly id: string; readonly metadata: { readonly [name: string]: unknown } }[]
  readonly signal: AbortSignal
  /** Appends a line to a file of the output. */
  write(file: 'features' | 'rejections' | 'errors', line: object): void
}

/** The failure that a test's hook throws, as a runner would observe it. */
export class HookFails extends Error {
  readonly kind: FailureKind
  constructor(kind: FailureKind, message = `It failed: ${kind}.`) {
    super(message)
    this.kind = kind
  }
}

/**
 * A runner whose hooks are functions of the test, for behaviour that a real hook cannot produce reliably, like running out of memory at
 * exactly the third record. It reads and writes the files of the hook's contract like any runner.
 */
export function scriptedRunner(hook: (input: ScriptedInput) => Promise<void> | void): ProgramRunner & { readonly jobs: RunJob[] } {
  const jobs: RunJob[] = []
  return {
    jobs,
    runs: ['module'],
    removeLeftovers: async () => [],
    async run(job, { signal }) {
      jobs.push(job)
      const startedAt = new Date()
      const records = readLines(join(job.inputDir, 'records.jsonl'))
      writeFileSync(job.logFile, `attempt ${job.attempt} over ${records.length} records\n`)
      const write = (file: string, line: object) => appendFileSync(join(job.outputDir, `${file}.jsonl`), `${JSON.stringify(line)}\n`)
      const observed: RunObservation = {
        startedAt,
        finishedAt: startedAt,
        exitCode: 0,
        oomKilled: false,
        timedOut: false,
        artifact: { type: 'module', digest: job.runtime.digest },
        isolation: ['none, in a test'],
        log: { bytes: 0, truncated: false },
      }
      try {
        await hook({ job, records, ids: records.map(({ id }) => id), signal, write })
        return { ...observed, finishedAt: new Date() }
      } catch (error) {
        const kind = signal.aborted ? 'CANCELLED' : error instanceof HookFails ? error.kind : 'HOOK_EXIT'
        const failure = runFailure(kind, error instanceof Error ? error.message : String(error))
        return { ...observed, exitCode: 1, oomKilled: kind === 'OOM', timedOut: kind === 'TIMEOUT', finishedAt: new Date(), failure }
      }
    },
  }
}

function readLines(path: string): ScriptedInput['records'] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}
