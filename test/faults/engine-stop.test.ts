import { setTimeout as sleep } from 'node:timers/promises'
import { registryOf } from '@strata/domain/registry'
import { ociRunner } from '@strata/infrastructure/runner/oci'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isContainerEngineInstalled } from '../support/container-engine.ts'
import { hookImages, type HookImages } from '../support/hook-images.ts'
import { executed, jobBelow } from '../support/hook-job.ts'
import { startImageRegistry } from '../support/image-registry.ts'
import { startMortalEngine, type MortalEngine } from '../support/mortal-engine.ts'
import { namedRegistries } from '../support/oci-bench.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

/** How a hook reacts when the engine asks it to end. */
const hooks = {
  'dies of it': 'echo up; exec sleep 30',
  'exits with 0, half done': 'trap "exit 0" TERM; echo up; sleep 30 & wait',
  'exits with 3': 'trap "exit 3" TERM; echo up; sleep 30 & wait',
  'does not listen': 'trap "" TERM; echo up; while true; do sleep 0.1; done',
}

describe.skipIf(!isContainerEngineInstalled())('an engine that is stopped in mid-run', () => {
  const parts = new AsyncDisposableStack()
  let directory: string
  let engine: MortalEngine
  let images: HookImages
  beforeAll(async () => {
    directory = parts.use(await temporaryDirectory()).path
    const registry = parts.use(await startImageRegistry())
    engine = parts.use(await startMortalEngine())
    images = hookImages(engine.socket, registry.host)
  })
  afterAll(() => parts.disposeAsync())

  describe.each(Object.entries(hooks))('over a hook that %s', (_, script) => {
    test.each([0, 1, 2])('causes a failure of the machinery, not of the hook (%i)', async (nth) => {
      const image = await images.shell(script)
      const job = await jobBelow(directory, image, { timeoutSeconds: 60 })
      let stopping: Promise<void> | undefined
      const stopAndStart = async () => {
        await sleep(nth * 7)
        await engine.stop('SIGTERM')
        await engine.start()
      }
      const onLog = () => void (stopping ??= stopAndStart())
      const done = await executed(
        ociRunner({ sockets: [engine.socket], node: 'test', registries: namedRegistries(registryOf(image.image)) }),
        job,
        { signal: new AbortController().signal, onLog },
      )
      await stopping
      expect(done).toMatchObject({ runnerAway: true, failure: { kind: 'RUNTIME' } })
      expect(await engine.containers()).toEqual(expect.not.arrayContaining([expect.stringContaining('strata')]))
    })
  })
})
