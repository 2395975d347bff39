import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkerOptions } from '@strata/workers'
import { expect, test } from 'vitest'
import { openRuns } from '../runs/open-runs.ts'
import { HookFails, scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'

const mebi = 2 ** 20

const sizeBelow = (path: string): number =>
  existsSync(path)
    ? readdirSync(path, { recursive: true, withFileTypes: true }).reduce(
        (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
        0,
      )
    : 0

function pass({ records, write }: ScriptedInput, padding = 0): void {
  for (const { id } of records) write('features', { id, features: [{ value: 1, word: 'x'.repeat(padding) }] })
}

test('the output of a failed attempt, and the extra files of a passed one, are gone before the next attempt starts', async () => {
  await using archive = await openRuns()
  const runs = join(archive.directory, 'runs')
  const found: number[] = []
  const hook = (input: ScriptedInput) => {
    found.push(sizeBelow(runs))
    writeFileSync(join(input.job.outputDir, 'junk'), Buffer.alloc(8 * mebi))
    if (input.records.some(({ metadata }) => metadata['n'] === 5)) throw new HookFails('HOOK_EXIT')
    pass(input)
  }
  let left = 0
  const reached: WorkerOptions['reached'] = async (stage) => {
    if (stage === 'written') left = sizeBelow(runs)
  }
  await archive.work({ runners: [scriptedRunner(hook)], reached })
  await archive.publish(8)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'WARNINGS', passed_count: 7, errored_count: 1 })
  expect(found).toHaveLength(8)
  expect(Math.max(...found)).toBeLessThan(mebi)
  expect(left).toBeLessThan(mebi)
})

test('a hook that writes nothing leaves its records EMPTY, also in an attempt beside others that write', async () => {
  await using archive = await openRuns()
  let attempts = 0
  const hook = (input: ScriptedInput) => {
    attempts += 1
    if (attempts === 2) {
      input.write('features', { id: input.ids[0] ?? '', features: [{ value: 1, word: 'x' }] })
      throw new HookFails('OOM')
    }
  }
  await archive.work({ runners: [scriptedRunner(hook)] })
  await archive.publish(3)
  expect((await archive.ended(1))[0]).toMatchObject({ status: 'PASSED', passed_count: 0, empty_count: 3 })
  await archive.publish(3)
  const runs = await archive.ended(2)
  expect(runs.map(({ passed_count, empty_count }) => [passed_count, empty_count]).toSorted()).toEqual([
    [0, 3],
    [1, 2],
  ])
})

test('all attempts of a run share one disk limit; a run that exceeds it says so and ends', async () => {
  await using archive = await openRuns()
  const runner = scriptedRunner((input) => {
    // The failure that a runner reports for a hook that never stops writing.
    if (input.ids.length > 2) throw new HookFails('TIMEOUT')
    if (input.job.maxOutputBytes < 3 * mebi)
      throw new HookFails('INVALID_OUTPUT', `The hook wrote more than ${input.job.maxOutputBytes} bytes.`)
    pass(input, 1.5 * mebi)
  })
  const config = { ...archive.config, runs: { ...archive.config.runs, outputBytes: 10 * mebi } }
  await archive.work({ runners: [runner], config, policy: { maxFaultRetries: 0 } })
  await archive.publish(8)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'FAILED', failure_kind: 'INVALID_OUTPUT', row_count: 0n })
  expect(run?.['failure_message']).toMatch(/more than 10485760 bytes together.*STRATA_RUN_MAX_OUTPUT/)
  expect(runner.jobs.map(({ maxOutputBytes }) => Math.round(maxOutputBytes / mebi))).toEqual([10, 10, 8, 8, 7, 4, 2, 2])
  await expect.poll(() => sizeBelow(join(archive.directory, 'runs'))).toBe(0)
})
