import { handOver } from './hand-over.mjs'

await handOver('test/attacks/try-all.ts')
