export type * from './job-queue.ts'
export { openQueue } from './open-queue.ts'
export { queuePart } from './queue-part.ts'
