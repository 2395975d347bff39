import { describe } from 'vitest'
import { openK8sBench } from '../../../test/support/kubernetes/bench.ts'
import { isKubernetesInstalled } from '../../../test/support/kubernetes/installed.ts'
import { runConformance } from '../conformance/run-conformance.ts'

describe.skipIf(!isKubernetesInstalled())('as every runner', () => {
  runConformance('k8s', async () => {
    const bench = await openK8sBench()
    return {
      runner: bench.runner,
      language: 'shell',
      async runtimeFor(code, config) {
        const image = await bench.images.shell(code)
        return { type: 'oci', ...image, config, limits: { timeoutSeconds: 30, memory: '256Mi', cpu: '1' } }
      },
      leftovers: () => bench.leftovers(),
      close: async () => bench[Symbol.asyncDispose](),
    }
  })
})
