import { HookFails, scriptedRunner, type ScriptedInput } from '../../support/scripted-runner.ts'
import type { Attempt, Run, Said } from './chronicle.ts'
import { neededMebibytes, say } from './say.ts'

const half = (count: number) => Math.floor(count / 2)

/** Runs hooks by saying what the seed has them say, and writes down what it said. */
export function storyteller(seed: number) {
  const versions = new Map<string, number>()
  const telling = new Map<
    string,
    { hook: string; version: number; records: string[]; said: Map<string, Said>; attempts: Attempt[]; status: Run['status'] | undefined }
  >()
  const putOff = new Map<string, { run: string; tries: number }>()
  let mood: 'usual' | 'breaks' | 'hangs' | 'reproduces' = 'usual'
  let hanging = Promise.withResolvers<void>()

  const runner = scriptedRunner(async (input) => {
    const { job, ids, records, signal } = input
    const version = versions.get(artifact(job.program.name, job.runtime.digest, job.runtime.config)) ?? 0
    const told = telling.get(job.runId) ?? {
      hook: job.program.name,
      version,
      records: [...ids],
      said: new Map<string, Said>(),
      attempts: [],
      status: undefined,
    }
    telling.set(job.runId, told)
    told.attempts.push({ mebibytes: job.memoryBytes / 2 ** 20, records: ids.length })
    if (mood === 'breaks') {
      told.status = 'ERROR'
      throw new HookFails('CONFIG', 'The module does not parse.')
    }
    if (mood === 'hangs') {
      told.status = 'CANCELLED'
      hanging.resolve()
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
    }
    const isFull = job.memoryBytes < neededMebibytes(seed, job.program.name, version) * 2 ** 20
    for (const { id, metadata } of isFull ? records.slice(0, half(records.length)) : records) {
      const key = `${job.program.name}/${version}/${id}`
      const said = say(seed, job.program.name, version, Number(metadata['n']), putOff.get(key)?.tries ?? 0)
      told.said.set(id, said)
      write(input, id, said)
    }
    if (isFull) throw new HookFails('OOM', 'It wanted more.')
    const errors = [...told.said.values()].filter((said) => 'error' in said).length
    told.status = errors === 0 ? 'PASSED' : errors === told.said.size ? 'FAILED' : 'WARNINGS'
    if (mood === 'reproduces') return
    for (const [id, said] of told.said) {
      const key = `${job.program.name}/${version}/${id}`
      if ('error' in said && said.later) putOff.set(key, { run: job.runId, tries: (putOff.get(key)?.tries ?? 0) + 1 })
    }
  })

  return {
    runner,
    /** From now on, this artifact is known as that version. */
    knows: (hook: string, digest: string, config: object, version: number) => void versions.set(artifact(hook, digest, config), version),
    feels(next: typeof mood) {
      mood = next
      hanging = Promise.withResolvers()
    },
    hangs: () => hanging.promise,
    /** What was run since it was last asked, asked for by this person. */
    told(
      by: string,
      asked: { readonly follows?: string | undefined; readonly reproduces?: string | undefined; readonly run?: string | undefined } = {},
    ): Run[] {
      const runs = [...telling].map(([run, { status = 'ERROR', ...told }]): Run => {
        const isAsked = asked.run === run
        return {
          what: 'ran',
          run,
          by,
          status,
          ...told,
          follows: isAsked ? asked.follows : followed(run, told),
          reproduces: isAsked ? asked.reproduces : undefined,
        }
      })
      telling.clear()
      return runs
    },
  }

  /** Errors that may pass are taken up right after, by a run over just them. */
  function followed(run: string, { hook, version, records }: Pick<Run, 'hook' | 'version' | 'records'>): string | undefined {
    return [...telling].findLast(([before, one]) => {
      if (before >= run || one.hook !== hook || one.version !== version) return false
      const later = [...one.said].filter(([, said]) => 'error' in said && said.later).map(([id]) => id)
      return later.length === records.length && later.every((id) => records.includes(id))
    })?.[0]
  }
}

function artifact(hook: string, digest: string, config: object): string {
  return `${hook} ${digest} ${JSON.stringify(config)}`
}

function write({ write: line }: ScriptedInput, id: string, said: Said): void {
  if ('rejected' in said) line('rejections', { id, reason: said.rejected })
  else if ('error' in said) line('errors', { id, error: said.error, retryable: said.later })
  else line('features', { id, features: said.rows })
}
