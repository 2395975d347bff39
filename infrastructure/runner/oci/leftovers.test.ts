import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunJob } from '@strata/domain/run'
import { callEngine } from '../../../test/support/engine-call.ts'
import { isContainerEngineInstalled } from '../../../test/support/container-engine.ts'
import { openOciBench, type OciBench } from '../../../test/support/oci-bench.ts'

const workerProgram = join(import.meta.dirname, '../../../test/support/run-one-job.ts')

describe.skipIf(!isContainerEngineInstalled())('what a dead worker left', () => {
  let bench: OciBench
  beforeAll(async () => {
    bench = await openOciBench()
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  test('is removed, and only that: neither what is live nor what belongs to another archive', async () => {
    const image = await bench.images.shell('echo up; exec sleep 600')
    const [killed, live, foreign] = [await bench.job(image, { attempt: 3 }), await bench.job(image), await bench.job(image)]
    await killedWhileRunning(killed, 'test')
    await killedWhileRunning(live, 'test')
    await killedWhileRunning(foreign, 'another')
    // A container may print before the engine lists it as running.
    await expect.poll(running).toEqual(new Set([killed.runId, live.runId, foreign.runId]))

    const removed = await bench.runner.removeLeftovers(({ runId }) => runId === live.runId)
    expect(removed).toEqual([{ runId: killed.runId, attempt: 3 }])
    expect(await running()).toEqual(new Set([live.runId, foreign.runId]))

    expect(await bench.runner.removeLeftovers(() => false)).toEqual([{ runId: live.runId, attempt: 1 }])
    expect(await bench.runnerWith({ node: 'another' }).removeLeftovers(() => false)).toHaveLength(1)
    expect(await running()).toEqual(new Set())
  })

  test('does not hinder the next attempt of the same run', async () => {
    const image = await bench.images.shell('echo up; exec sleep 600')
    const job = await bench.job(image)
    await killedWhileRunning(job, 'test')
    const next = await bench.run(await bench.images.shell('echo again'), { runId: job.runId, attempt: 2 })
    expect(next.failure).toBeUndefined()
    expect(await bench.runner.removeLeftovers(({ attempt }) => attempt === 2)).toEqual([{ runId: job.runId, attempt: 1 }])
  })

  async function killedWhileRunning(job: RunJob, node: string): Promise<void> {
    const worker = spawn(process.execPath, [workerProgram, bench.socket, node, JSON.stringify(job)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(worker.stdout, 'data')
    worker.kill('SIGKILL')
    await once(worker, 'exit')
  }

  /** The runs that have a container running. */
  async function running(): Promise<Set<string>> {
    const filters = JSON.stringify({ label: ['strata.run'] })
    const found: { Labels: Record<string, string> }[] = JSON.parse(
      await callEngine(bench.socket, { path: '/containers/json', query: { filters } }),
    )
    return new Set(found.map(({ Labels }) => Labels['strata.run'] ?? ''))
  }
})
