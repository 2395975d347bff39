import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callEngine } from '../../../test/support/engine-call.ts'
import { isContainerEngineInstalled } from '../../../test/support/container-engine.ts'
import { startImageRegistry } from '../../../test/support/image-registry.ts'
import { hookImages } from '../../../test/support/hook-images.ts'
import { namedRegistries, openOciBench, type OciBench } from '../../../test/support/oci-bench.ts'
import { digestOf } from '@strata/domain/shared'

describe.skipIf(!isContainerEngineInstalled())('the image of a hook', () => {
  let bench: OciBench
  beforeAll(async () => {
    bench = await openOciBench()
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  const saying = (word: string, name: string) => bench.images.push({ Cmd: ['echo', word] }, name)

  test('is pulled by its digest when the engine does not have it', async () => {
    const image = await saying('pulled', 'group/pulled:1')
    await bench.images.forget(image)
    expect((await bench.run(image)).text).toBe('pulled\n')
  })

  test('is the one that was released, though its tag has moved to another since', async () => {
    const released = await saying('released', 'group/moved:latest')
    const moved = await saying('moved', 'group/moved:latest')
    expect(moved.digest).not.toBe(released.digest)
    const done = await bench.run(released)
    expect(done.text).toBe('released\n')
    expect(done.artifact).toEqual({ type: 'oci', ...released })
    await bench.images.forget(released)
    expect((await bench.run(released)).text).toBe('released\n')
  })

  test('is not an image that merely has its name on this machine', async () => {
    const released = await saying('released', 'group/local:1')
    await bench.images.forget(released)
    await bench.images.local({ Cmd: ['echo', 'impostor'] }, released.image)
    expect((await bench.run(released)).text).toBe('released\n')
  })

  test('that no registry has under this digest is refused with what to do', async () => {
    const image = await saying('x', 'group/wrong:1')
    const done = await bench.run({ ...image, digest: digestOf('another') })
    expect(done.failure).toMatchObject({ kind: 'IMAGE_PULL', message: expect.stringMatching(/push that image again/) })
    expect(done.artifact).toBeUndefined()
  })

  test('that was never pushed has no digest, and its id is not taken for one', async () => {
    const name = `${bench.registry.host}/group/unpushed:1`
    const id = await bench.images.local({ Cmd: ['echo', 'x'] }, name)
    expect((await bench.run({ image: name, digest: id })).failure).toMatchObject({
      kind: 'IMAGE_PULL',
      message: expect.stringMatching(/is the id that this machine gave an image, not a digest\. Push /),
    })
  })

  test('cannot be had from a registry that is down, which may pass', async () => {
    const gone = await startImageRegistry()
    const image = await hookImages(bench.socket, gone.host).push({ Cmd: ['echo', 'still here'] })
    await gone[Symbol.asyncDispose]()
    const runner = bench.runnerWith({ registries: namedRegistries(gone.host) })
    const run = () => bench.run(image, undefined, undefined, runner)
    // The engine still has it: a registry is not needed for what was verified before.
    expect((await run()).text).toBe('still here\n')
    await bench.images.forget(image)
    expect((await run()).failure).toMatchObject({ kind: 'UPSTREAM', message: expect.stringContaining('could not be pulled') })
  })

  test('is left on the engine, its container is not', async () => {
    const image = await saying('x', 'group/kept:1')
    await bench.run(image)
    const [repo] = image.image.split(':1')
    expect(JSON.parse(await callEngine(bench.socket, { path: `/images/${repo}@${image.digest}/json` }))).toHaveProperty('Id')
    expect(await callEngine(bench.socket, { path: '/containers/json', query: { all: 'true', filters: '{"label":["strata.node"]}' } })).toBe(
      '[]\n',
    )
  })
})
