import type { Tried } from '../run/try-catalogue.ts'

/** Every known kind of fault around the data, each with the tests that cause it. */
export const faults: readonly Tried[] = [
  { title: 'a killed node is never reaped, and the next one starts on its directory', files: ['test/faults/zombie-holder.test.ts'] },
  { title: "a node's own PostgreSQL is killed, again and again", files: ['test/faults/embedded-postgres.test.ts'] },
  {
    title: 'Redis, PostgreSQL or S3 is away at the start, in mid-operation and at the stop',
    files: ['test/faults/dependencies-away.test.ts'],
  },
  {
    title: 'the container engine is away, stopped or killed in mid-run',
    files: ['test/faults/engine-away.test.ts', 'test/faults/engine-stop.test.ts', 'test/faults/shared-engine.test.ts'],
  },
  { title: 'the clock steps back', files: ['test/faults/clock-back.test.ts'] },
  {
    title: 'the disk is full at the start and under an import, and secrets and locks are damaged',
    files: ['test/faults/full-disk.test.ts', 'test/faults/disk.test.ts', 'test/faults/install-lock.test.ts'],
  },
  {
    title: 'the queue is lost, several times, and many small publishes wait',
    files: ['test/faults/lost-queue.test.ts', 'test/runs/gathered.test.ts'],
  },
  { title: 'PostgreSQL closes connections under every kind of query', files: ['test/faults/lost-connections.test.ts'] },
  {
    title: 'a service is asked to stop while logs, uploads, imports and kept connections go through it',
    files: ['test/faults/graceful-stop.test.ts'],
  },
  { title: 'several services start at once on an empty database', files: ['infrastructure/postgres/session/archive-domain.test.ts'] },
  { title: 'PostgreSQL is away from clients', files: ['test/faults/database-away.test.ts'] },
  { title: 'PostgreSQL is away from a worker with many jobs', files: ['test/faults/worker-without-database.test.ts'] },
  {
    title: 'a subgraph is away, and the gateway says which',
    files: ['test/gateway/both-topologies.test.ts', 'test/faults/readiness.test.ts'],
  },
  { title: 'runs never end, and images cannot be had', files: ['test/faults/unending-runs.test.ts', 'test/faults/images.test.ts'] },
  { title: 'a worker is killed at every stage of a run', files: ['test/runs/killed-worker.test.ts', 'test/runs/fences.test.ts'] },
]
