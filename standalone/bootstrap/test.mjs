import { handOver } from './hand-over.mjs'

await handOver('test/run.ts')
