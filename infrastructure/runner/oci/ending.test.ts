import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callEngine } from '../../../test/support/engine-call.ts'
import { isContainerEngineInstalled } from '../../../test/support/container-engine.ts'
import { mebi, openOciBench, type OciBench } from '../../../test/support/oci-bench.ts'

describe.skipIf(!isContainerEngineInstalled())('how a container ends', () => {
  let bench: OciBench
  beforeAll(async () => {
    bench = await openOciBench()
  })
  afterAll(async () => {
    const left: unknown = JSON.parse(
      await callEngine(bench.socket, { path: '/containers/json', query: { all: 'true', filters: '{"label":["strata.node"]}' } }),
    )
    await bench[Symbol.asyncDispose]()
    expect(left).toEqual([])
  })

  const shell = async (script: string, more?: Parameters<OciBench['job']>[1]) => bench.run(await bench.images.shell(script), more)

  test('out of memory is a fact, and twice the memory is enough', async () => {
    const image = await bench.images.shell('exec dd if=/dev/zero of=/dev/null bs=100M count=1 2>/dev/null')
    const first = await bench.run(image, { memoryBytes: 64 * mebi })
    expect(first).toMatchObject({ exitCode: 137, oomKilled: true, failure: { kind: 'OOM' } })
    const second = await bench.run(image, { ...first.job, attempt: 2, memoryBytes: 128 * mebi })
    expect(second).toMatchObject({ exitCode: 0, oomKilled: false })
    expect(second.failure).toBeUndefined()
  })

  test('an exit with 137 alone is no want of memory', async () => {
    expect(await shell('exit 137')).toMatchObject({ exitCode: 137, oomKilled: false, failure: { kind: 'HOOK_EXIT' } })
  })

  test('a part that was killed for want of memory is one, however its parent ends', async () => {
    const hungry = 'awk \'BEGIN { s = "x"; while (1) s = s s }\''
    expect(await shell(`${hungry}; exit 4`)).toMatchObject({ exitCode: 4, oomKilled: true, failure: { kind: 'OOM' } })
    expect(await shell(`${hungry}; exit 0`)).toMatchObject({ exitCode: 0, oomKilled: true, failure: { kind: 'OOM' } })
    expect(await shell(`${hungry}; sleep 30`, { timeoutSeconds: 4 })).toMatchObject({
      timedOut: true,
      oomKilled: true,
      failure: { kind: 'OOM' },
    })
  })

  test('/tmp counts as memory and is smaller', async () => {
    const done = await shell('dd if=/dev/zero of=/tmp/x bs=1M count=60', { memoryBytes: 64 * mebi })
    expect(done).toMatchObject({ oomKilled: false, failure: { kind: 'HOOK_EXIT' } })
    expect(done.text).toContain('No space left')
  })

  test('a hook that takes too long is stopped, even one that does not listen', async () => {
    const done = await shell('trap "" TERM; echo deaf; while true; do sleep 1; done', { timeoutSeconds: 1 })
    expect(done).toMatchObject({ timedOut: true, oomKilled: false, failure: { kind: 'TIMEOUT' } })
    expect(done.text).toBe('deaf\n')
  })

  test('a hook that is told to end may say a last word', async () => {
    expect((await shell('trap "echo bye; exit 0" TERM; sleep 60 & wait', { timeoutSeconds: 1 })).text).toBe('bye\n')
  })

  test('a cancelled hook is stopped, even one that ignores SIGTERM', async () => {
    const image = await bench.images.shell('trap "" TERM; echo up; while true; do sleep 1; done')
    const cancel = new AbortController()
    const onLog = () => cancel.abort()
    const done = await bench.run(image, { timeoutSeconds: 3_600 }, { signal: cancel.signal, onLog })
    expect(done).toMatchObject({ timedOut: false, failure: { kind: 'CANCELLED' } })
  })

  test('one that is cancelled before it begins never starts', async () => {
    const image = await bench.images.shell('echo up')
    const done = await bench.run(image, {}, { signal: AbortSignal.abort() })
    expect(done).toMatchObject({ failure: { kind: 'CANCELLED' }, isolation: [], log: { bytes: 0 } })
    expect(done.artifact).toBeUndefined()
  })

  test('a crash says its signal', async () => {
    const done = await shell('kill -SEGV $$')
    expect(done).toMatchObject({ exitCode: 139, failure: { kind: 'HOOK_EXIT', message: expect.stringContaining('SIGSEGV') } })
  })

  test('one that somebody else stops is no fault of the hook', async () => {
    const image = await bench.images.shell('echo up; sleep 30')
    const job = await bench.job(image)
    const onLog = () => void callEngine(bench.socket, { method: 'POST', path: `/containers/strata-test-${job.runId}-1/kill` })
    expect(await bench.run(image, job, { signal: new AbortController().signal, onLog })).toMatchObject({
      exitCode: 137,
      failure: { kind: 'RUNTIME' },
    })
  })

  test('an image without a program, or with one that is not there, is a wrong configuration', async () => {
    const none = await bench.images.withoutProgram()
    expect((await bench.run(none)).failure).toMatchObject({
      kind: 'CONFIG',
      message: expect.stringContaining('program could not be started'),
    })
    const missing = await bench.images.push({ Cmd: ['/bin/missing'] })
    expect((await bench.run(missing)).failure).toMatchObject({ kind: 'CONFIG', message: expect.stringContaining('/bin/missing') })
  })

  test('an image that wants volumes is refused with what to do', async () => {
    const image = await bench.images.push({ Cmd: ['true'], Volumes: { '/var/lib/x': {} } })
    expect((await bench.run(image)).failure).toMatchObject({ kind: 'CONFIG', message: expect.stringContaining('build it without VOLUME') })
  })

  test('the same attempt does not start twice', async () => {
    const image = await bench.images.shell('echo up; sleep 2')
    const job = await bench.job(image)
    const up = Promise.withResolvers<void>()
    const once = bench.run(image, job, { signal: new AbortController().signal, onLog: () => up.resolve() })
    await up.promise
    expect((await bench.run(image, job)).failure).toMatchObject({ kind: 'RUNTIME', message: expect.stringContaining('already') })
    expect((await once).failure).toBeUndefined()
  })

  test('a log that cannot be kept is a fault of the machinery, and nothing is left', async () => {
    const image = await bench.images.shell('echo up; sleep 1')
    const done = await bench.run(image, { logFile: '/nowhere/log' })
    expect(done.failure).toMatchObject({ kind: 'RUNTIME', message: expect.stringContaining('ENOENT') })
    expect(done.failure?.message).not.toContain('/nowhere')
    expect(done.detail).toContain('/nowhere/log')
  })

  test('an engine that is not there is a fault of the machinery', async () => {
    const job = await bench.job(await bench.images.shell('true'))
    const runner = bench.runnerWith({ sockets: ['/nowhere/docker.sock'] })
    const done = await runner.run(job, { signal: new AbortController().signal })
    expect(done.failure).toMatchObject({ kind: 'RUNTIME', message: 'The container engine could not be asked (ENOENT).' })
    expect(done.detail).toContain('/nowhere/docker.sock')
  })

  test('an engine that is shut down takes the hook along, which is no fault of the hook', async () => {
    const other = await openOciBench()
    const image = await other.images.shell('echo up; exec sleep 30')
    let gone: PromiseLike<void> | undefined
    const onLog = () => void (gone ??= other[Symbol.asyncDispose]())
    const job = await bench.job(image)
    const done = await other.runner.run(job, { signal: new AbortController().signal, onLog })
    await gone
    expect(done).toMatchObject({ runnerAway: true, failure: { kind: 'RUNTIME' } })
  })
})
