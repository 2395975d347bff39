import type { RunJob } from '@strata/domain/run'
import { registryOf } from '@strata/domain/registry'
import { k8sRunner, type K8sRunnerOptions } from '@strata/infrastructure/runner/k8s'

/** A worker that runs one job, for tests that kill it: `run-one-job.ts <options as JSON> <job as JSON>`. */
const [options = '', text = ''] = process.argv.slice(2)
const job = JSON.parse(text) as RunJob
// JSON cannot represent a Set.
const registries = { anyPublic: false, named: new Set(job.runtime.type === 'oci' ? [registryOf(job.runtime.image)] : []) }
await k8sRunner({ ...(JSON.parse(options) as K8sRunnerOptions), registries }).run(job, {
  signal: new AbortController().signal,
  onLog: (chunk) => process.stdout.write(chunk),
})
