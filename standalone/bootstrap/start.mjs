import { handOver } from './hand-over.mjs'

await handOver('standalone/main.ts')
