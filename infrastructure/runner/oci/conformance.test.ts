import { isContainerEngineInstalled } from '../../../test/support/container-engine.ts'
import { callEngine } from '../../../test/support/engine-call.ts'
import { openOciBench } from '../../../test/support/oci-bench.ts'
import { runConformance } from '../conformance/run-conformance.ts'
import { describe } from 'vitest'

describe.skipIf(!isContainerEngineInstalled())('as every runner', () => {
  runConformance('oci', async () => {
    const bench = await openOciBench()
    return {
      runner: bench.runner,
      language: 'shell',
      async runtimeFor(code, config) {
        const image = await bench.images.shell(code)
        return { type: 'oci', ...image, config, limits: { timeoutSeconds: 30, memory: '256Mi', cpu: '1' } }
      },
      async leftovers() {
        const query = { all: 'true', filters: '{"label":["strata.node"]}' }
        const found: { Id: string }[] = JSON.parse(await callEngine(bench.socket, { path: '/containers/json', query }))
        return found.map(({ Id }) => Id)
      },
      close: async () => bench[Symbol.asyncDispose](),
    }
  })
})
