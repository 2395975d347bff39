import type { RunFilter } from '@strata/domain/run'
import { BadUserInput } from '@strata/domain/shared'
import { encodeCursor, parsePage } from '../../../server/connection.ts'
import { existing } from '../../../server/existing.ts'
import type { Loaders } from '../../../server/loaders.ts'
import type { HookRunResolvers, RunAttemptResolvers, RunQueueEntryResolvers } from '../../generated/types.ts'
import { resultsOfRun } from './run-result.ts'

const maxTailLines = 10_000

export const HookRun: HookRunResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.run.load(id),
  hook: async ({ hook }, _, { loaders }) => existing(await loaders.hook.load(hook), 'hook'),
  release: async ({ releaseId }, _, { loaders }) => existing(await loaders.release.load(releaseId), 'release'),
  attempts: ({ id }, _, { loaders }) => loaders.runAttempts.load(id),
  durationSeconds: ({ startedAt, finishedAt }) =>
    startedAt === undefined || finishedAt === undefined ? null : (finishedAt.getTime() - startedAt.getTime()) / 1000,
  recordCount: ({ counts }) => counts.records,
  passedCount: ({ counts }) => counts.passed,
  emptyCount: ({ counts }) => counts.empty,
  rejectedCount: ({ counts }) => counts.rejected,
  erroredCount: ({ counts }) => counts.errored,
  rowCount: ({ counts }) => BigInt(counts.rows),
  reproduces: async ({ reproduces }, _, { loaders }) =>
    reproduces === undefined ? null : existing(await loaders.run.load(reproduces), 'run'),
  reproductions: async ({ id }, args, { loaders }) => ({
    page: await loaders.reproductionPage.load({ of: id, page: parsePage(args, isUuid) }),
    cursorOf: ({ run }) => encodeCursor(run),
    count: () => loaders.reproductionCount.load(id),
  }),
  ...resultsOfRun,
  log: async ({ id }, { tailLines }, { loaders }) => {
    const lines = tailLines ?? 200
    if (lines < 1 || lines > maxTailLines) throw new BadUserInput(`"tailLines" is 1 to ${maxTailLines}.`, 'tailLines')
    return loaders.logTail.load({ run: id, lines })
  },
}

export const RunQueueEntry: RunQueueEntryResolvers = {
  hook: async ({ hook }, _, { loaders }) => existing(await loaders.hook.load(hook), 'hook'),
}

export const RunAttempt: RunAttemptResolvers = {
  recordCount: ({ records }) => records,
  memory: ({ memoryBytes }) => printMemory(memoryBytes),
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isUuid(text: string): text is string {
  return uuid.test(text)
}

interface PageArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** Newest first; ids sort by the time of making. */
export async function runConnection(loaders: Loaders, args: PageArgs, filter: RunFilter) {
  return {
    page: await loaders.runPage.load({ of: filter, page: parsePage(args, isUuid) }),
    cursorOf: ({ id }: { readonly id: string }) => encodeCursor(id),
    count: () => loaders.runCount.load(filter),
  }
}

/** The largest unit that says it exactly, as limits are written. */
function printMemory(bytes: number): string {
  const unit = [
    { name: 'Gi', bytes: 2 ** 30 },
    { name: 'Mi', bytes: 2 ** 20 },
    { name: 'Ki', bytes: 2 ** 10 },
  ].find((one) => bytes % one.bytes === 0)
  return unit === undefined ? String(bytes) : `${bytes / unit.bytes}${unit.name}`
}
