import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isContainerEngineInstalled, type ContainerEngine } from '../../../test/support/container-engine.ts'
import { openOciBench, type OciBench } from '../../../test/support/oci-bench.ts'
import { startPodman } from '../../../test/support/podman.ts'

describe.skipIf(!isContainerEngineInstalled())('on Podman', () => {
  let bench: OciBench
  let podman: ContainerEngine
  beforeAll(async () => {
    bench = await openOciBench()
    podman = await startPodman(bench.registry.host)
  })
  afterAll(async () => {
    await podman?.[Symbol.asyncDispose]()
    await bench?.[Symbol.asyncDispose]()
  })

  const run = async (script: string) => {
    const job = await bench.job(await bench.images.shell(script))
    const done = await bench.runnerWith({ sockets: [podman.socket] }).run(job, { signal: new AbortController().signal })
    return { ...done, job, text: await readFile(job.logFile, 'utf8').catch(() => '') }
  }

  test('a hook is held as on Docker, writes its features and is gone', async () => {
    const done = await run(
      'id -u; grep -E "CapEff|NoNewPrivs|Seccomp:" /proc/self/status; cat $OSA_IN/records.jsonl > $OSA_OUT/features.jsonl',
    )
    expect(done.detail).toBeUndefined()
    expect(done.failure).toBeUndefined()
    expect(done.text).toBe('65534\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n')
    expect(done.isolation).toContain('memory by cgroup, no swap')
    expect(await readFile(join(done.job.outputDir, 'features.jsonl'), 'utf8')).toContain('"a"')
    expect(await bench.runnerWith({ sockets: [podman.socket] }).removeLeftovers(() => false)).toEqual([])
  })

  test('an exit is an exit, and a digest that is nowhere is refused', async () => {
    expect(await run('echo oh; exit 3')).toMatchObject({
      exitCode: 3,
      failure: { kind: 'HOOK_EXIT', message: expect.stringContaining('last words: oh') },
    })
    const image = await bench.images.shell('true')
    const job = await bench.job({ ...image, digest: await bench.images.local({ Cmd: ['true'] }, 'nowhere:1') })
    const done = await bench.runnerWith({ sockets: [podman.socket] }).run(job, { signal: new AbortController().signal })
    expect(done.failure?.kind).toBe('IMAGE_PULL')
  })
})
