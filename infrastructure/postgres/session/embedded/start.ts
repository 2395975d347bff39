import { join, resolve } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { findBinaries } from './binaries.ts'
import { prepareCluster } from './cluster.ts'
import { lockDirectory } from './directory-lock.ts'
import { databaseName, ensureDatabase, type Addresses } from './ensure-database.ts'
import { stopLeftover } from './leftover.ts'
import { chooseRunner } from './runner.ts'
import { startServer } from './server.ts'
import { supervise, type Supervised, type SupervisorLog } from './supervise.ts'

export interface EmbeddedPostgres extends Addresses, Pick<Supervised, 'health' | 'lost'> {
  stop(): Promise<void>
}

/**
 * An embedded PostgreSQL below `dir`, on loopback only. `durable: false` trades all guarantees after a crash for speed, for data that
 * may be lost.
 */
export async function startEmbeddedPostgres(options: {
  dir: string
  durable?: boolean
  maxConnections?: number
  log?: SupervisorLog
}): Promise<EmbeddedPostgres> {
  const { durable = true, maxConnections = 100, log = silent } = options
  const dir = resolve(options.dir)
  await mkdir(dir, { recursive: true, mode: 0o700 })

  const lock = lockDirectory(dir)
  try {
    const binaries = await findBinaries()
    const runner = await chooseRunner(dir)
    const cluster = await prepareCluster({ dir, binaries, runner, durable })
    await stopLeftover(cluster.data)
    const settings = { cluster, binaries, runner, durable, maxConnections, log: join(dir, 'server.log') }
    const first = await startServer(settings)
    const server = supervise(first, { start: () => startServer({ ...settings, port: first.port }), log })
    const stop = once(async () => {
      await server.stop()
      lock.release()
    })
    try {
      const { health, lost } = server
      return { ...(await ensureDatabase(cluster, first.port, databaseName)), health, lost, stop }
    } catch (error) {
      await stop()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

const silent: SupervisorLog = { info: () => {}, error: () => {} }

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => (result ??= work())
}
