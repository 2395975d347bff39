import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, ftruncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runningPostgres } from '@strata/infrastructure/postgres'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { manifestWithHooks } from '../runs/manifest.ts'
import { openRuns } from '../runs/open-runs.ts'
import { credentialsIn, startNodeProcess } from '../standalone/running-node.ts'
import { graphqlClient } from '../support/graphql-client.ts'
import { createEmptyDatabase, temporaryDirectory, unguarded } from '../support/index.ts'
import { eventually } from '../support/eventually.ts'

type Archive = Awaited<ReturnType<typeof openRuns>>

function verify(dataDir: string, words: readonly string[] = [], settings: Record<string, string> = {}) {
  return startNodeProcess(dataDir, settings, ['verify', ...words])
}

/** As an operator of separate services has it: another process on the same database and files. */
const beside = (archive: Archive, words: readonly string[] = []) => verify(archive.directory, words, { DATABASE_URL: archive.database.url })

test('verify runs beside a node, and on one that is stopped; it names what it found, exits with 1, and ADMIN reads the report', async () => {
  await using data = await temporaryDirectory()
  {
    await using node = startNodeProcess(data.path)
    await node.wrote('Ctrl-C stops the node.')
    const { url, token } = credentialsIn(data.path)
    const ask = graphqlClient(url, token)
    expect((await ask('{ lastVerification }')).data).toEqual({ lastVerification: null })
    const hook = {
      name: 'doubled',
      feature: { table: { cardinality: 'MANY', columns: [{ name: 'value', type: 'NUMBER', required: true }] } },
      release: {
        runtime: { module: { source: 'export default ({ record }) => [{ value: record.metadata.n * 2 }]' } },
        sourceRef: 'git:https://example.org/h@0123456789abcdef0123456789abcdef01234567',
      },
    }
    const { dryRun: _dryRun, allowShared: _allowShared, ...manifest } = manifestWithHooks([])
    const deployed = await ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: { ...manifest, hooks: [hook] },
    })
    expect(deployed.errors).toEqual([])
    const published = await ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
      input: { convention: 'numbers', source: { import: { sourceNode: 'here' } }, records: [{ sourceId: '1', metadata: { n: 1 } }] },
    })
    expect(published.errors).toEqual([])
    await eventually(async () => expect((await ask('{ runs { nodes { status } } }')).data.runs.nodes).toEqual([{ status: 'PASSED' }]))

    const clean = verify(data.path)
    expect(await clean.ended, clean.output()).toBe(0)
    expect(clean.output()).toMatch(/runs, their outcomes and rows: 1 of 1/)
    expect(clean.output()).toMatch(/The whole archive was checked .*: no findings\./)
    expect((await ask('{ lastVerification }')).data.lastVerification).toMatchObject({
      findingCount: 0,
      finishedAt: expect.any(String),
      underWay: null,
    })

    const running = await runningPostgres(join(data.path, 'postgres'))
    const pool = new Pool({ connectionString: running ?? '' })
    await unguarded(pool, 'update features.doubled set value = 3')
    await unguarded(pool, 'delete from features.doubled')
    await unguarded(pool, 'update hook set live_release_id = null')
    await pool.end()

    const found = verify(data.path)
    expect(await found.ended, found.output()).toBe(1)
    expect(found.output()).toMatch(
      /ROWS {2}run:[0-9a-f-]{36}\n {2}Of one record, features\.doubled has other rows than the outcome says.*should have 1 and has 0\.\n {2}What to do: /,
    )
    expect(found.output()).toContain('POINTER_LOG  hook:doubled\n  Live is no release, and the last event of the log (1) says version 1.')
    const { lastVerification } = (await ask('{ lastVerification }')).data
    expect(lastVerification.findings.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(['ROWS', 'POINTER_LOG']))
    expect(lastVerification.findings[0].advice).toEqual(expect.any(String))

    const minted = startNodeProcess(data.path, {}, ['verify', '--json'])
    expect(await minted.ended).toBe(1)
    const [json = ''] = /^\{\n[^]*^\}$/m.exec(minted.output()) ?? []
    expect(JSON.parse(json)).toMatchObject({ sample: null, findingCount: lastVerification.findingCount })

    expect((await graphqlClient(url)('{ lastVerification }')).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
  }
  const stopped = verify(data.path, ['--sample', '50%'])
  expect(await stopped.ended, stopped.output()).toBe(1)
  expect(stopped.output()).toContain('A sample (50%) of the archive was checked')
})

test.each([
  [['--sample', 'some'], {}, /"some" is not a sample: give a part of the archive/],
  [['--sample', '0'], {}, /"0" is not a sample/],
  [['--sampel', '1%'], {}, /Unknown option '--sampel'/],
  [[], { DATABASE_URL: 'postgresql://strata:x@127.0.0.1:9/strata' }, /does not answer at the address in DATABASE_URL/],
  [[], { DATABASE_URL: '' }, /There is no archive in .*\. Set STRATA_DATA_DIR/],
])('what cannot be carried out exits with 2 and says why: %j', async (words, settings, why) => {
  await using data = await temporaryDirectory()
  await using command = verify(data.path, words, {
    ...settings,
    ...('DATABASE_URL' in settings ? {} : { DATABASE_URL: 'postgresql://strata:x@127.0.0.1:9/strata' }),
  })
  expect(await command.ended, command.output()).toBe(2)
  expect(command.output()).toMatch(why)
  expect(command.output()).not.toContain('    at ')
})

test('a database of another version is refused and not changed', async () => {
  await using data = await temporaryDirectory()
  await using empty = await createEmptyDatabase()
  await using command = verify(data.path, [], { DATABASE_URL: empty.url })
  expect(await command.ended, command.output()).toBe(2)
  expect(command.output()).toMatch(/The database does not match this version of Strata: (\d+) of its \1 migrations are missing/)
  const pool = new Pool({ connectionString: empty.url })
  expect((await pool.query(`select from pg_class where relnamespace = 'public'::regnamespace`)).rows).toEqual([])
  await pool.end()
})

const progress = async (archive: Archive, name: string) => {
  const [row] = await archive.rows('select state from verification order by started_at desc limit 1')
  return { id: row?.state.id, finished: row?.state.finishedAt, ...row?.state.checks.find((check: { name: string }) => check.name === name) }
}

test.each(['SIGKILL', 'SIGINT'] as const)(
  'after %s it goes on where it stopped; --restart begins anew, and two at once are refused',
  async (signal) => {
    await using archive = await openRuns()
    await archive.publish(600)
    await archive.deploy([{}], {
      schema: { id: 'number', version: '2.0.0', fields: [{ name: 'n', type: 'INTEGER', required: false, cardinality: 'ONE' }] },
    })
    await archive.publish(10)
    // The second page has the records of the second schema, and waits for this.
    const blocker = await archive.database.pool.connect()
    await blocker.query('begin')
    await blocker.query('lock table metadata.number_v2 in access exclusive mode')
    const first = beside(archive)
    await eventually(async () => expect(await progress(archive, 'records')).toMatchObject({ checked: 500, done: false }))
    const { id } = await progress(archive, 'records')

    await using second = beside(archive)
    expect(await second.ended, second.output()).toBe(2)
    expect(second.output()).toContain('Another process is verifying it now.')

    first.process.kill(signal)
    if (signal === 'SIGINT') await first.wrote('Stopping after this page')
    if (signal === 'SIGKILL') await first.ended
    await blocker.query('rollback')
    blocker.release()
    expect(await first.ended).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 2)
    expect(await progress(archive, 'records')).toMatchObject({ id, finished: undefined })

    // The server may take a moment to notice that a killed client is gone.
    await eventually(async () =>
      expect(
        await archive.rows(
          `select from pg_locks where locktype = 'advisory' and pid in (select pid from pg_stat_activity where application_name = 'strata verify')`,
        ),
      ).toEqual([]),
    )
    const again = beside(archive)
    expect(await again.ended, again.output()).toBe(0)
    expect(again.output()).toContain('Continuing the verification that began at')
    expect(await progress(archive, 'records')).toMatchObject({ id, checked: 610, of: 610, done: true, finished: expect.any(String) })
    expect(again.output()).not.toContain('tables that refuse changes:')

    const anew = beside(archive, ['--restart'])
    expect(await anew.ended).toBe(0)
    expect((await progress(archive, 'records')).id).not.toBe(id)
  },
  120_000,
)

test('its memory does not grow with a file, nor with the rows of a run', async () => {
  const line = 'x'.repeat(500)
  await using archive = await openRuns(undefined, [
    { source: `export default async () => Array.from({ length: 1000 }, (_, i) => ({ value: i, word: '${line}' + i }))`, memory: '512Mi' },
  ])
  await archive.publish(100)
  await archive.work()
  const [run] = await archive.ended(1, 120_000)
  expect(run).toMatchObject({ status: 'PASSED', row_count: 100_000n })
  // What is left of the work is done a minute after the end; the file is put into the storage as then.
  await unguarded(archive.database.pool, `update hook_run set finished_at = finished_at - interval '2 minutes'`)
  await eventually(async () =>
    expect(await archive.rows(`select from run_file where name = '1/features.jsonl' and size > 50000000`)).toHaveLength(1),
  )

  const gibibyte = 2 ** 30
  const hash = createHash('sha256')
  for (let i = 0; i < 64; i++) hash.update(Buffer.alloc(gibibyte / 64))
  const hex = hash.digest('hex')
  const path = join(archive.directory, 'files/blobs/sha256', hex.slice(0, 2), hex.slice(2, 4), hex)
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'w')
  ftruncateSync(file, gibibyte)
  closeSync(file)
  await archive.rows(`insert into file (digest, size, created_by, stored_at) values ($1, $2, 'me', now())`, [`sha256:${hex}`, gibibyte])

  const command = beside(archive)
  let peak = 0
  while (command.process.exitCode === null && command.process.signalCode === null) {
    peak = Math.max(peak, peakOf(command.process.pid))
    await pause(50)
  }
  expect(await command.ended, command.output()).toBe(0)
  expect(command.output()).toMatch(/rows against the files of their runs: 1 of 1/)
  expect(peak).toBeGreaterThan(50 * 2 ** 20)
  expect(peak / 2 ** 20).toBeLessThan(450)
}, 300_000)

/** The most memory that a process has had so far. */
function peakOf(pid: number | undefined): number {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return 0
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) ?? []
  return Number(kilobytes ?? 0) * 1024
}
