import { handOver } from './hand-over.mjs'

await handOver('test/faults/try-all.ts')
