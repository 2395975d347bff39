import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, prepareReader, startEmbeddedPostgres, type EmbeddedPostgres } from '@strata/infrastructure/postgres'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { onServer } from './on-server.ts'
import { temporaryDirectory } from './temporary-directory.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Returns the addresses of the test server as JSON. The first request starts the server. */
    postgresDesk: string
  }
}

export const TEMPLATE = 'strata_template'

/**
 * One PostgreSQL for all test files, with a migrated template database, and one role that reads in every copy. It starts when a test first
 * needs it, so that pure tests do not wait for it, and stops when the run is over or interrupted.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<Running> | undefined
  const desk = createServer((_request, response) => {
    started ??= startServer()
    started.then(
      ({ server: { url, readUrl } }) => response.end(JSON.stringify({ url, readUrl })),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  }).listen(0, '127.0.0.1')
  await once(desk, 'listening')
  const address = desk.address()
  if (address === null || typeof address === 'string') throw new Error('A listening HTTP server has no port.')
  project.provide('postgresDesk', `http://127.0.0.1:${address.port}/`)

  return async () => {
    desk.close()
    desk.closeAllConnections()
    const running = await started?.catch(() => undefined)
    await running?.server.stop()
    await running?.directory[Symbol.asyncDispose]()
  }
}

interface Running {
  readonly server: EmbeddedPostgres
  readonly directory: AsyncDisposable
}

async function startServer(): Promise<Running> {
  const directory = await temporaryDirectory(placeWithRoom())
  process.once('exit', () => removeAtOnce(directory.path))
  // SIGTERM alone would end the process without its exit listeners, and leave the directory in memory.
  process.once('SIGTERM', () => process.exit(143))
  const server = await startEmbeddedPostgres({ dir: directory.path, durable: false, maxConnections: 300 })
  const client = new Client({ connectionString: server.url })
  await client.connect()
  await client.query(`CREATE DATABASE ${TEMPLATE}`)
  await client.end()
  const url = onServer(server.url, TEMPLATE)
  await migrate(url)
  await prepareReader({ url, readUrl: onServer(server.readUrl, TEMPLATE) })
  return { server, directory }
}

/**
 * In memory where 4 GiB are free there. Each test's database is 300 files; on ext4, deleting as many of them as the tests do makes the
 * search for free inodes take a third of the server's processor time.
 */
function placeWithRoom(): string {
  const memory = '/dev/shm'
  if (process.platform !== 'linux' || !existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= 4 * 2 ** 30 ? memory : tmpdir()
}

/** After Ctrl-C, vitest does not wait, and an orderly shutdown of the server would write its files again. */
function removeAtOnce(dir: string): void {
  const pidFile = join(dir, 'data', 'postmaster.pid')
  if (existsSync(pidFile)) process.kill(Number.parseInt(readFileSync(pidFile, 'utf8'), 10), 'SIGQUIT')
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}
