import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PulledRecord, PullEnd, RunJob } from '@strata/domain/run'
import { parseHookName, type Json } from '@strata/domain/shared'
import { prepareIngesterInput } from '../../contract/ingester/prepare-input.ts'
import { readPull } from '../../contract/ingester/read-pull.ts'
import { InvalidOutput } from '../../shared/invalid-output.ts'
import { jobFor, playJob, type ConformingBackend, type World } from '../world.ts'
import type { ObservedPull, Scenario } from './scenario.ts'

export async function playIngester(scenario: Scenario, backend: ConformingBackend, world: World): Promise<readonly ObservedPull[]> {
  const pulls: ObservedPull[] = []
  let session: Json | undefined
  for (let pull = 0; pull < (scenario.pulls ?? 1); pull += 1) {
    const observed = await playPull(scenario, backend, world, session)
    pulls.push(observed)
    session = observed.end?.session
  }
  return pulls
}

async function playPull(scenario: Scenario, backend: ConformingBackend, world: World, session: Json | undefined): Promise<ObservedPull> {
  const { config = {}, bounds = {}, cancelAt } = scenario
  const job = await jobFor(scenario, { kind: 'ingester', name: parseHookName('conformance'), ...bounds }, config, backend, world)
  for (const path of [job.filesDir, job.outputDir]) await mkdir(path, { recursive: true })
  await prepareIngesterInput(job.inputDir, { config, ...(session === undefined ? {} : { session }) })
  const controller = new AbortController()
  let cancelledAt: number | undefined
  let printed = ''
  const onLog = (chunk: Uint8Array) => {
    printed += Buffer.from(chunk).toString()
    if (cancelAt === undefined || cancelledAt !== undefined || !printed.includes(cancelAt)) return
    cancelledAt = Date.now()
    controller.abort()
  }
  const played = await playJob(backend, job, { signal: controller.signal, onLog })
  const read = played.observation.failure === undefined ? await readAll(job, bounds.limit) : nothing
  return { ...played, ...read, cancelledAt }
}

type Read = Pick<ObservedPull, 'records' | 'end' | 'refusal' | 'texts'>

const nothing: Read = { records: [], end: undefined, refusal: undefined, texts: {} }

async function readAll({ outputDir, filesDir }: RunJob, limit: number | undefined): Promise<Read> {
  const records: PulledRecord[] = []
  const texts: Record<string, string> = {}
  try {
    const reading = readPull({ outputDir, filesDir, ...(limit === undefined ? {} : { limit }) })
    for (;;) {
      const next = await reading.next()
      if (next.done === true) return { records, end: endOf(next.value), refusal: undefined, texts }
      records.push(next.value)
      if (next.value.status !== 'present') continue
      for (const { path } of next.value.files) texts[path] = await readFile(join(filesDir, path), 'latin1')
    }
  } catch (error) {
    if (!(error instanceof InvalidOutput)) throw error
    return { ...nothing, refusal: error.message }
  }
}

function endOf({ session, done }: PullEnd): PullEnd {
  return { done, ...(session === undefined ? {} : { session }) }
}
