import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/index.ts'
import { startEmbeddedPostgres } from './start.ts'

test('data is there after a stop and a start', async () => {
  await using directory = await temporaryDirectory()
  const first = await startEmbeddedPostgres({ dir: directory.path })
  await query(first.url, 'CREATE TABLE kept (n int)')
  await query(first.url, 'INSERT INTO kept VALUES (42)')
  await first.stop()
  await expect(query(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')

  const second = await startEmbeddedPostgres({ dir: directory.path })
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
  await second.stop()
})

test('it speaks UTF-8 and UTC, asks for its password and keeps that to its owner', async () => {
  await using directory = await temporaryDirectory()
  const server = await startEmbeddedPostgres({ dir: directory.path, durable: false, maxConnections: 37 })
  const [settings] = await query(
    server.url,
    `SELECT current_database() AS database, datlocprovider AS provider, datlocale AS locale,
       current_setting('max_connections') AS connections,
       current_setting('TimeZone') AS zone, current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync
     FROM pg_database WHERE datname = current_database()`,
  )
  expect(settings).toEqual({
    database: 'strata',
    provider: 'b',
    locale: 'C.UTF-8',
    connections: '37',
    zone: 'UTC',
    encoding: 'UTF8',
    fsync: 'off',
  })
  const withoutPassword = new URL(server.url)
  withoutPassword.password = 'wrong'
  await expect(query(withoutPassword.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
  expect((await stat(join(directory.path, 'password'))).mode & 0o777).toBe(0o600)
  await server.stop()
})

test('it has a reader role with its own password, and no other role may connect', async () => {
  await using directory = await temporaryDirectory()
  const server = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  expect(await query(server.readUrl, 'SELECT current_user::text AS who')).toEqual([{ who: 'strata_reader' }])
  expect((await stat(join(directory.path, 'reader-password'))).mode & 0o777).toBe(0o600)
  expect(await readFile(join(directory.path, 'reader-password'), 'utf8')).not.toBe(await readFile(join(directory.path, 'password'), 'utf8'))
  for (const other of ['postgres', 'template1']) {
    await expect(query(server.readUrl.replace(/strata$/, other), 'SELECT 1')).rejects.toThrow(`permission denied for database "${other}"`)
  }
  await server.stop()

  const again = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  expect(new URL(again.readUrl).password).toBe(new URL(server.readUrl).password)
  await again.stop()
})

test('an older cluster gets the reader role, and a lost password is replaced', async () => {
  await using directory = await temporaryDirectory()
  const older = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  await query(older.url, 'DROP OWNED BY strata_reader; DROP ROLE strata_reader; GRANT ALL ON DATABASE strata TO PUBLIC')
  await older.stop()
  await rm(join(directory.path, 'reader-password'))

  const newer = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  expect(await query(newer.readUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await newer.stop()
  await rm(join(directory.path, 'reader-password'))

  const next = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  expect(await query(next.readUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await next.stop()
})

test('a second start on the same directory is refused, and the first goes on', async () => {
  await using directory = await temporaryDirectory()
  const first = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  const second = startEmbeddedPostgres({ dir: directory.path, durable: false })
  await expect(second).rejects.toThrow(`Another Strata process uses the database in ${directory.path}`)
  expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await first.stop()
})

test('after its process is killed the next start works, with every acknowledged row', async () => {
  await using directory = await temporaryDirectory()
  const child = await startInChild(directory.path, [])
  await query(child.url, 'CREATE TABLE kept (n int)')
  await query(child.url, 'INSERT INTO kept VALUES (42)')
  await kill(child.process)

  const next = await startEmbeddedPostgres({ dir: directory.path })
  expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
  await next.stop()
})

test('a server that outlived its killed process is stopped by the next start', async () => {
  await using directory = await temporaryDirectory()
  await using programs = await pathWith({ setpriv: 'exit 1' })
  const child = await startInChild(directory.path, [], { PATH: programs.path })
  await query(child.url, 'CREATE TABLE kept (n int)')
  await kill(child.process)
  await sleep(500)
  expect(await query(child.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])

  const next = await startEmbeddedPostgres({ dir: directory.path })
  expect(await query(next.url, 'SELECT n FROM kept')).toEqual([])
  await expect(query(child.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
  await next.stop()
})

test('a stale process id that now belongs to another program does not prevent a start', async () => {
  await using directory = await temporaryDirectory()
  const first = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  const left = await readFile(join(directory.path, 'data', 'postmaster.pid'), 'utf8')
  await first.stop()
  const [, ...rest] = left.split('\n')
  await writeFile(join(directory.path, 'data', 'postmaster.pid'), [process.pid, ...rest].join('\n'))

  const second = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  await second.stop()
})

test('a first start that was interrupted is begun again', async () => {
  await using directory = await temporaryDirectory()
  await mkdir(join(directory.path, 'data.unfinished'))
  await writeFile(join(directory.path, 'data.unfinished', 'PG_VERSION'), '18')
  const server = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  await server.stop()
})

test('data of another major version is refused', async () => {
  await using directory = await temporaryDirectory()
  await mkdir(join(directory.path, 'data'))
  await writeFile(join(directory.path, 'data', 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres({ dir: directory.path })).rejects.toThrow(
    'was written by PostgreSQL 17, but this version of Strata includes 18',
  )
})

test('a server that cannot start says why', async () => {
  await using directory = await temporaryDirectory()
  const first = await startEmbeddedPostgres({ dir: directory.path, durable: false })
  await first.stop()
  await writeFile(join(directory.path, 'data', 'postgresql.conf'), 'no_such_setting = 1\n')
  await expect(startEmbeddedPostgres({ dir: directory.path })).rejects.toThrow(
    /did not start[^]*unrecognized configuration parameter "no_such_setting"/,
  )
})

const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--']

test.skipIf(!nobodyCanReadUs())('an ordinary user needs nothing special', async () => {
  await using directory = await temporaryDirectory()
  await chown(directory.path, 65534, 65534)
  const child = await startInChild(directory.path, asNobody)
  expect(await query(child.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await kill(child.process)
  // The kernel asked the server to end; its directory may be removed once it has.
  while (existsSync(join(directory.path, 'data', 'postmaster.pid'))) await sleep(20)
})

test.skipIf(!nobodyCanReadUs())('root without user namespaces runs it as nobody, and may have them again later', async () => {
  await using directory = await temporaryDirectory()
  await using programs = await pathWith({ unshare: 'exit 1' })
  const child = await startInChild(directory.path, [], { PATH: programs.path })
  await query(child.url, 'CREATE TABLE kept (n int)')
  expect((await stat(join(directory.path, 'data'))).uid).toBe(65534)
  await kill(child.process)

  const next = await startEmbeddedPostgres({ dir: directory.path })
  expect(await query(next.url, 'SELECT n FROM kept')).toEqual([])
  await next.stop()
})

test.skipIf(process.getuid?.() !== 0)('root that can become nobody else is told what to do', async () => {
  await using directory = await temporaryDirectory()
  await using programs = await pathWith({ unshare: 'exit 1', setpriv: 'exit 1' })
  await expect(startInChild(directory.path, [], { PATH: programs.path })).rejects.toThrow('PostgreSQL does not run as root')
})

/** Starts a server in a process of its own and waits for its address. */
async function startInChild(
  dir: string,
  prefix: readonly string[],
  env: Record<string, string> = {},
): Promise<{ process: ChildProcess; url: string }> {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('start.ts', import.meta.url).href)})
    const { url } = await startEmbeddedPostgres({ dir: ${JSON.stringify(dir)} })
    console.log(url)
    setInterval(() => {}, 1000)`
  const [command = '', ...args] = [...prefix, process.execPath, '--input-type=module', '--eval', script]
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  while (!/^postgresql:.*$/m.test(output)) {
    if (child.exitCode !== null) throw new Error(output)
    await sleep(20)
  }
  return { process: child, url: /^postgresql:.*$/m.exec(output)?.[0] ?? '' }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** A search path on which these programs come first. */
async function pathWith(programs: Record<string, string>): Promise<{ path: string } & AsyncDisposable> {
  const directory = await temporaryDirectory()
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(directory.path, name), `#!/bin/sh\n${script}\n`)
    await chmod(join(directory.path, name), 0o755)
  }
  return { ...directory, path: `${directory.path}:${process.env['PATH']}` }
}

function nobodyCanReadUs(): boolean {
  if (process.getuid?.() !== 0) return false
  try {
    const script = `require('fs').readFileSync(${JSON.stringify(import.meta.filename)})`
    const [command = '', ...args] = [...asNobody, process.execPath, '--eval', script]
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
