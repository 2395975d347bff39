import { randomUUIDv7 } from 'node:crypto'
import { liveRelease, requireRelease, type ClaimedHook, type HookRelease, type HookRepository } from '@strata/domain/registry'
import { BadUserInput, Conflict, NotFound, parseHookName, type HookName, type Slug } from '@strata/domain/shared'
import type { Origin } from '../batch/batch.ts'
import type { PlanningPorts } from './backfill-ports.ts'
import { countSelected } from './count-selected.ts'
import { planBackfill } from './plan-backfill.ts'
import { parseSelection, type StandingStatus } from './selection.ts'

export interface BackfillInput {
  readonly hook: string
  readonly convention?: string | null | undefined
  /** Default: the live release. */
  readonly version?: number | null | undefined
  readonly only?: readonly StandingStatus[] | null | undefined
  readonly stale: boolean
  readonly limit?: number | null | undefined
  readonly dryRun: boolean
}

export interface BackfillResult {
  readonly records: bigint
  readonly batches: number
  /** The runs created so far; workers create the others as these end. */
  readonly runs: readonly string[]
  /** Undefined on a dry run, or when every record is fresh. */
  readonly backfill: string | undefined
}

export interface StartPorts extends PlanningPorts {
  readonly hooks: Pick<HookRepository, 'claim' | 'conventionsUsing'>
}

/** Limits how long the caller waits for the first batch. */
const stepsAtOnce = 25

/** Counts the records that a release has to compute, and creates the first batch. */
export async function startBackfill(ports: StartPorts, input: BackfillInput, origin: Origin): Promise<BackfillResult> {
  const selection = parseSelection(input)
  const limit = parseLimit(input.limit)
  const hook = await ports.hooks.claim(parseHookName(input.hook, 'input.hook'))
  if (!hook) throw new NotFound(`There is no hook "${input.hook.slice(0, 80)}".`, 'input.hook')
  const target = chooseRelease(hook, input.version ?? undefined)
  const conventions = await chooseConventions(ports, hook.name, input.convention ?? undefined)

  await ports.records.hold(target.id)
  const kept = await ports.records.kept({ hook: hook.name, releaseId: target.id, conventions })
  const releases = hook.releases.map(({ id, version, state }) => ({ id, version, state, isLive: id === hook.live }))
  const { records, batches } = countSelected({ selection, target: target.version, releases, limit }, kept)
  if (input.dryRun || records === 0n) return { records, batches, runs: [], backfill: undefined }

  const id = randomUUIDv7()
  await ports.backfills.add({ id, hook: hook.name, releaseId: target.id, conventions, ...selection, limit, expected: records }, origin)
  for (let step = 0; step < stepsAtOnce; step += 1) {
    const { runs, goesOn } = await planBackfill(ports, id)
    if (runs.length > 0 || !goesOn) return { records, batches, runs, backfill: id }
  }
  return { records, batches, runs: [], backfill: id }
}

function parseLimit(limit: number | null | undefined): number | undefined {
  if (limit == null) return undefined
  if (limit >= 1) return limit
  throw new BadUserInput('"limit" must be at least 1; to compute nothing, use dryRun: true.', 'input.limit')
}

function chooseRelease(hook: ClaimedHook, version: number | undefined): HookRelease {
  if (hook.feature.kind !== 'table') {
    throw new Conflict(`"${hook.name}" makes no rows, so it has nothing to backfill.`, 'input.hook')
  }
  const release = version === undefined ? liveRelease(hook) : requireRelease(hook, version, 'input.version')
  if (release === undefined) {
    throw new Conflict(`"${hook.name}" has no live release. Make one live, or name a release with "version".`, 'input.hook')
  }
  if (release.state !== 'YANKED') return release
  throw new Conflict(
    `Release ${release.version} of "${hook.name}" was yanked and cannot be run any more. Name another one with "version", or make another one live.`,
    version === undefined ? 'input.hook' : 'input.version',
  )
}

async function chooseConventions({ hooks }: StartPorts, hook: HookName, wanted: string | undefined): Promise<readonly Slug[]> {
  const using = await hooks.conventionsUsing(hook)
  if (wanted === undefined) return using
  const one = using.find((slug) => slug === wanted)
  if (one !== undefined) return [one]
  const others = using.length === 0 ? 'No convention uses it' : `It is used by ${using.slice(0, 10).join(', ')}`
  throw new NotFound(`There is no convention "${wanted.slice(0, 80)}" that uses "${hook}". ${others}.`, 'input.convention')
}
