import { existing } from '../../../server/existing.ts'
import type { HookRunResolvers, RunAttemptResolvers, RunQueueEntryResolvers } from '../../generated/types.ts'
import { resultsOfRun } from './run-result.ts'

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
  ...resultsOfRun,
}

export const RunQueueEntry: RunQueueEntryResolvers = {
  hook: async ({ hook }, _, { loaders }) => existing(await loaders.hook.load(hook), 'hook'),
}

export const RunAttempt: RunAttemptResolvers = {
  recordCount: ({ records }) => records,
  memory: ({ memoryBytes }) => printMemory(memoryBytes),
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
