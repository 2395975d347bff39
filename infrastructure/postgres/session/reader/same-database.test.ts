import { cp, writeFile } from 'node:fs/promises'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/index.ts'
import { findBinaries } from '../embedded/binaries.ts'
import { freePort } from '../embedded/free-port.ts'
import { chooseRunner } from '../embedded/runner.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../embedded/start.ts'
import { migrate } from '../migrate.ts'
import { prepareReader } from './prepare-reader.ts'

let directory: Awaited<ReturnType<typeof temporaryDirectory>>
let server: EmbeddedPostgres
const primary = () => join(directory.path, 'primary')

beforeAll(async () => {
  directory = await temporaryDirectory()
  server = await startEmbeddedPostgres({ dir: primary(), durable: false })
  await migrate(server.url)
  await prepareReader(server)
})

afterAll(async () => {
  await server.stop()
  await directory[Symbol.asyncDispose]()
})

test('a replica is refused: it may not have yet what was just written', async () => {
  await server.stop()
  await cp(primary(), join(directory.path, 'replica'), { recursive: true })
  server = await startEmbeddedPostgres({ dir: primary(), durable: false })
  await using replica = await startReplica(join(directory.path, 'replica', 'data'))
  await expect(prepareReader({ url: server.url, readUrl: onPort(server.readUrl, replica.port) })).rejects.toThrow(
    'DATABASE_READ_URL names a replica. It must name the server of DATABASE_URL',
  )
})

test('another server is refused, also one that has a database of that name', async () => {
  const other = await startEmbeddedPostgres({ dir: join(directory.path, 'other'), durable: false })
  try {
    await migrate(other.url)
    await prepareReader(other)
    await expect(prepareReader({ url: server.url, readUrl: other.readUrl })).rejects.toThrow(
      'DATABASE_READ_URL names another server than DATABASE_URL',
    )
  } finally {
    await other.stop()
  }
})

/** What was the server's data a moment ago, as a server that only ever replays. */
async function startReplica(data: string): Promise<{ port: number } & AsyncDisposable> {
  await writeFile(join(data, 'standby.signal'), '')
  const runner = await chooseRunner(directory.path)
  await runner.own(directory.path)
  const port = await freePort()
  const log = openSync(join(directory.path, 'replica.log'), 'a')
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port, hot_standby: 'on', fsync: 'off' }
  const process = runner.serve(
    (await findBinaries()).postgres,
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    log,
  )
  closeSync(log)
  const ended = new Promise<void>((resolve) => void process.once('exit', () => resolve()))
  while (!(await answers(onPort(server.url, port)))) await sleep(50)
  return {
    port,
    async [Symbol.asyncDispose]() {
      process.kill('SIGINT')
      await ended
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function onPort(url: string, port: number): string {
  const address = new URL(url)
  address.port = String(port)
  return address.href
}
