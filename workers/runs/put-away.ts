import type { OutputFile, RunWorkspace } from '@strata/domain/run'
import type { Bytes, Digest } from '@strata/domain/shared'
import type { Log } from '../log.ts'

/** A run that has ended. */
export interface EndedRun {
  readonly run: string
  readonly lease: number
  readonly outputs: readonly OutputFile[]
}

export interface PutAwayPorts {
  readonly workspace: Pick<RunWorkspace, 'output' | 'remove' | 'runs'>
  /** All that a run printed; undefined when that is nothing. */
  readonly printed: (run: string) => Promise<Bytes | undefined>
  readonly files: {
    ended(runs: readonly string[], o: { readonly forSeconds: number }): Promise<readonly EndedRun[]>
    withLooseLog(limit: number, o: { readonly forSeconds: number }): Promise<readonly string[]>
    namesOf(run: string): Promise<ReadonlySet<string>>
    /** Whether one of its records was removed: then nothing of the run is kept. */
    isErased(run: string): Promise<boolean>
    /** Keeps content under this name, if it is what it should be. */
    keep(file: { readonly run: string; readonly name: string; readonly digest?: Digest }, bytes: Bytes): Promise<void>
    /** Records for good that this file of the run is not kept, and why. */
    giveUp(file: { readonly run: string; readonly name: string; readonly reason: string }): Promise<void>
    expire(limit: number): Promise<number>
  }
  /** Why content can never be kept under its digest; undefined for a transient fault, like a storage that does not answer. */
  readonly whySpoilt: (error: unknown) => string | undefined
  readonly log: Log
}

/** The files of a run that ended so long ago are not in use any more. */
const quietSeconds = 60

/**
 * Puts the results' files and the log of an ended run into the storage and removes its directory. It can be done again at
 * any time: what is kept already is left alone, and the directory goes last.
 */
export async function putAway(ports: PutAwayPorts, { run, lease, outputs }: EndedRun): Promise<void> {
  if (await ports.files.isErased(run)) return ports.workspace.remove(run)
  const kept = await ports.files.namesOf(run)
  const printed = kept.has('log') ? undefined : await ports.printed(run)
  if (printed !== undefined) await ports.files.keep({ run, name: 'log' }, printed)
  for (const { attempt, file, digest } of outputs) {
    const name = `${attempt}/${file}`
    if (!kept.has(name)) await keepOutput(ports, { run, lease, attempt, file, name, digest })
  }
  await ports.workspace.remove(run)
}

interface OutputOfRun {
  readonly run: string
  readonly lease: number
  readonly attempt: number
  readonly file: string
  readonly name: string
  readonly digest: Digest
}

/** A retry cannot repair a file that does not match run.json. The loss is recorded once. */
async function keepOutput(ports: PutAwayPorts, { name, digest, ...at }: OutputOfRun): Promise<void> {
  try {
    const bytes = await ports.workspace.output(at)
    if (bytes !== undefined) await ports.files.keep({ run: at.run, name, digest }, bytes)
  } catch (error) {
    const reason = ports.whySpoilt(error)
    if (reason === undefined) throw error
    await ports.files.giveUp({ run: at.run, name, reason })
    ports.log.error({ run: at.run, file: name, reason }, 'a file of a run is not what run.json says of it, and is not kept')
  }
}

/**
 * Puts away what dead workers left, here or in the database, and removes files past their retention. Returns how many runs it put away. A
 * run that cannot be put away does not block the others: its reason is logged when it first occurs or changes, and each later sweep tries
 * again.
 */
export function leftoverSweep(ports: PutAwayPorts): () => Promise<number> {
  let told: ReadonlyMap<string, string> = new Map()
  return async () => {
    const failed = new Map<string, string>()
    const runs = await endedRuns(ports)
    for (const ended of runs) {
      try {
        await putAway(ports, ended)
      } catch (err) {
        const reason = reasonOf(err)
        failed.set(ended.run, reason)
        if (told.get(ended.run) !== reason)
          ports.log.warn({ err, run: ended.run }, 'the files of a run cannot be put away; others go on, and this one is tried again')
      }
    }
    told = failed
    const expired = await ports.files.expire(500)
    if (expired > 0) ports.log.info({ files: expired }, 'files of runs were kept for long enough')
    return runs.length - failed.size
  }
}

/** A system error's message names a path, which may differ each time. */
function reasonOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err)
  return 'code' in err ? String(err.code) : err.message
}

async function endedRuns(ports: PutAwayPorts): Promise<readonly EndedRun[]> {
  const forSeconds = quietSeconds
  const here = await ports.files.ended(await ports.workspace.runs(), { forSeconds })
  const loose = await ports.files.ended(await ports.files.withLooseLog(50, { forSeconds }), { forSeconds })
  return [...new Map([...loose, ...here].map((ended) => [ended.run, ended])).values()]
}
