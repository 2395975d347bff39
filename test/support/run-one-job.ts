import type { RunJob } from '@strata/domain/run'
import { ociRunner } from '@strata/infrastructure/runner/oci'

/** A worker that runs one job and does nothing else, for tests that kill it: `run-one-job.ts <socket> <node> <job as JSON>`. */
const [socket = '', node = '', text = ''] = process.argv.slice(2)
const job = JSON.parse(text) as RunJob
await ociRunner({ sockets: [socket], node }).run(job, { signal: new AbortController().signal, onLog: (chunk) => process.stdout.write(chunk) })
