import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, unguarded, type TestArchive } from '../support/index.ts'
import { deployHostile, publishHostile, untilComputed } from './hostile-data.ts'

const many = 150_000

describe.each(topologies)('a long download from an archive in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology)
    await deployHostile(archive)
    await publishHostile(archive, 10)
    await untilComputed(archive)
    // As many rows as no hook of a test makes in time, of a run that there is.
    await unguarded(
      archive.database.pool,
      `
      insert into features.measured (_run, _version, _record, _ordinal, text, whole)
      select made._run, made._version, made._record, 100 + i, 'row ' || i || repeat('.', 60), i
      from (select _run, _version, _record from features.measured order by _record limit 1) made, generate_series(1, ${many}) i`,
    )
    await archive.database.pool.query('vacuum analyze features.measured')
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  /** A caller who takes his time: nothing is read until `resume`. */
  async function begin(path: string): Promise<IncomingMessage> {
    const call = get(new URL(path, archive.url))
    const [response] = (await once(call, 'response')) as [IncomingMessage]
    response.pause()
    return response
  }
  const running = async () => {
    const { rows } = await archive.database.pool.query(
      `select query from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid() and (query like 'copy (%' or query like '%from features.measured%' or query like '%"features"."measured"%')`,
    )
    return rows
  }

  /** Nothing runs for a while: between two statements there is a moment, too. */
  async function untilQuiet(): Promise<void> {
    for (let quiet = 0; quiet < 8; quiet = (await running()).length === 0 ? quiet + 1 : 0) await pause(50)
  }

  test('of a slow reader keeps no statement and no transaction open while it waits', async () => {
    const response = await begin('/data/hostile/measured.csv')
    await untilQuiet()
    await pause(300)
    expect(await running()).toEqual([])
    expect(response.complete).toBe(false)
    let bytes = 0
    response.on('data', (piece: Buffer) => (bytes += piece.length)).resume()
    await once(response, 'end')
    expect(bytes).toBeGreaterThan(20_000_000)
  })

  test('shows the state when it began, whatever is published and computed meanwhile', async () => {
    const response = await begin('/data/hostile/measured.jsonl?columns=whole')
    await publishHostile(archive, 40, 10)
    await untilComputed(archive)
    const { rowCount } = await archive.database.pool.query('select 1 from features.measured limit 150125')
    expect(rowCount).toBeGreaterThan(many + 30)
    let text = ''
    const seen = new Set<string>()
    let lines = 0
    response.setEncoding('utf8').on('data', (piece: string) => {
      const parts = (text + piece).split('\n')
      text = parts.pop() ?? ''
      lines += parts.length
      for (const part of parts) seen.add(/"_record":"[^"]*".*"_ordinal":\d+/.exec(part)?.[0] ?? part)
    })
    response.resume()
    await once(response, 'end')
    expect([lines, seen.size, text]).toEqual([many + 30, many + 30, ''])
  })

  test('ends when its caller disconnects: no statement continues in the database', async () => {
    // Sorted by what has no index, so that there is something to be ended in the middle of.
    const response = await begin('/data/hostile/measured.csv?orderBy=text:desc')
    response.destroy()
    await untilQuiet()
  })

  test('ends when its caller disconnects before the first byte', async () => {
    const call = get(new URL('/data/hostile/measured.csv.meta.json?orderBy=text:desc', archive.url))
    call.on('error', () => {})
    await expect.poll(async () => (await running()).length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0)
    call.destroy()
    await expect.poll(running, { timeout: 5_000, interval: 20 }).toEqual([])
  })

  test.each(['csv', 'csv.gz', 'jsonl', 'parquet'])('of %s that breaks in the middle never looks whole', async (format) => {
    const response = await begin(`/data/hostile/measured.${format}`)
    expect(response.statusCode).toBe(200)
    // The rest of it cannot be read any more.
    await archive.database.pool.query('alter table features.measured rename to measured_elsewhere')
    try {
      const failure = once(response, 'error').then(([error]) => (error as NodeJS.ErrnoException).code)
      response.resume()
      expect(await failure).toBe('ECONNRESET')
      expect(response.complete).toBe(false)
    } finally {
      await archive.database.pool.query('alter table features.measured_elsewhere rename to measured')
    }
  })

  test('whose connection to the database is cut breaks, and the next one is whole', async () => {
    const response = await begin('/data/hostile/measured.csv')
    const failure = once(response, 'error').then(([error]) => (error as NodeJS.ErrnoException).code)
    const isBroken = new AbortController()
    const cutting = cutCopies(archive.database, isBroken.signal)
    response.resume()
    expect(await failure).toBe('ECONNRESET')
    isBroken.abort()
    // A cut that is still on its way would hit the next one.
    await cutting
    const again = await begin('/data/hostile/measured.csv?columns=whole')
    again.resume()
    await once(again, 'end')
    expect(again.complete).toBe(true)
  })

  test('that cannot begin is an error in JSON, with nothing of a file about it', async () => {
    await archive.database.pool.query('alter table features.measured rename to measured_elsewhere')
    try {
      const response = await fetch(new URL('/data/hostile/measured.csv', archive.url))
      expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
        500,
        'application/json; charset=utf-8',
        null,
      ])
      expect(await response.text()).not.toMatch(/relation|features|select/)
    } finally {
      await archive.database.pool.query('alter table features.measured_elsewhere rename to measured')
    }
  })

  test('does not keep an archive from stopping: it breaks', async () => {
    const response = await begin('/data/hostile/measured.csv')
    expect(response.statusCode).toBe(200)
    const failure = once(response, 'error').then(([error]) => (error as NodeJS.ErrnoException).code)
    const closed = archive[Symbol.asyncDispose]()
    await pause(500)
    response.resume()
    expect(await failure).toBe('ECONNRESET')
    await closed
  })
})

/** Ends, again and again, whatever COPY is under way. */
async function cutCopies({ pool }: TestArchive['database'], stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'copy (%' and state = 'active'`,
    )
    await pause(5)
  }
}
