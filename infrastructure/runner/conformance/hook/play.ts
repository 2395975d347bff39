import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseFeatureSpec } from '@strata/domain/registry'
import { keepsFinishedRecords, type RunJob } from '@strata/domain/run'
import { parseHookName } from '@strata/domain/shared'
import { prepareInput } from '../../contract/hook/prepare-input.ts'
import { readOutputs, type RecordResult } from '../../contract/hook/read-outputs.ts'
import { InvalidOutput } from '../../shared/invalid-output.ts'
import { jobFor, playJob, type ConformingBackend, type World } from '../world.ts'
import type { Observed, Scenario } from './scenario.ts'

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

export async function playHook(scenario: Scenario, backend: ConformingBackend, world: World): Promise<Observed> {
  const ids = scenario.records ?? ['a', 'b', 'c']
  const job = await prepareJob(scenario, backend, world, ids)
  const controller = new AbortController()
  if (scenario.cancelAfterMs === 0) controller.abort()
  const timer = scenario.cancelAfterMs === undefined ? undefined : setTimeout(() => controller.abort(), scenario.cancelAfterMs)
  const played = await playJob(backend, job, { signal: controller.signal })
  clearTimeout(timer)
  const kind = played.observation.failure?.kind
  const read =
    kind === undefined || keepsFinishedRecords(kind) ? await readAll(job, ids, kind === undefined) : { results: [], refusal: undefined }
  return { ...played, ...read }
}

async function prepareJob(scenario: Scenario, backend: ConformingBackend, world: World, ids: readonly string[]): Promise<RunJob> {
  const config = scenario.config ?? {}
  const job = await jobFor(scenario, { kind: 'hook', name: parseHookName('conformance') }, config, backend, world)
  for (const path of [job.filesDir, job.outputDir]) await mkdir(path, { recursive: true })
  for (const [path, text] of Object.entries(scenario.files ?? {})) {
    await mkdir(dirname(join(job.filesDir, path)), { recursive: true })
    await writeFile(join(job.filesDir, path), text)
  }
  await prepareInput(
    job.inputDir,
    ids.map((id) => ({ id, metadata: { title: id }, sizeHintMb: 0 })),
    config,
  )
  return job
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
