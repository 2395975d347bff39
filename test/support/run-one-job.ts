import type { RunJob } from '@strata/domain/run'
import { registryOf } from '@strata/domain/registry'
import { ociRunner } from '@strata/infrastructure/runner/oci'

/** A worker that runs one job, for tests that kill it: `run-one-job.ts <socket> <node> <job as JSON>`. */
const [socket = '', node = '', text = ''] = process.argv.slice(2)
const job = JSON.parse(text) as RunJob
const registries = { anyPublic: false, named: new Set(job.runtime.type === 'oci' ? [registryOf(job.runtime.image)] : []) }
await ociRunner({ sockets: [socket], node, registries }).run(job, {
  signal: new AbortController().signal,
  onLog: (chunk) => process.stdout.write(chunk),
})
