import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { RunJson } from '@strata/domain/run'
import { digestOf } from '@strata/domain/shared'
import { openStorage } from '@strata/infrastructure/storage'
import { expect, test } from 'vitest'
import { unguarded } from '../support/index.ts'
import { scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'
import { openRuns } from './open-runs.ts'

type Runs = Awaited<ReturnType<typeof openRuns>>

function pass({ records, write }: ScriptedInput): void {
  for (const { id, metadata } of records) write('features', { id, features: [{ value: Number(metadata['n']) }] })
}

const directories = ({ directory }: Runs) => {
  const runs = join(directory, 'runs')
  return existsSync(runs) ? readdirSync(runs).flatMap((shelf) => readdirSync(join(runs, shelf))) : []
}

/** A storage that nobody answers for. */
const nowhere = ({ config }: Runs) => ({
  ...config.s3,
  bucket: 'none',
  endpoint: 'http://127.0.0.1:9',
  accessKeyId: 'a',
  secretAccessKey: 'b',
})

test('output files are stored and match run.json, and nothing stays on the worker’s disk', async () => {
  await using archive = await openRuns(undefined, [
    { source: 'export default ({ record }) => { console.log(record.id); return [{ value: 1 }] }' },
  ])
  await archive.work()
  const ids = await archive.publish(30)
  const [run] = await archive.ended(1)
  await expect.poll(() => directories(archive)).toEqual([])
  const files = await archive.rows('select name, digest, size from run_file order by name')
  const { outputs } = (run ?? expect.fail('no run'))['run_json'] as RunJson
  expect(outputs.map(({ attempt, file, digest, bytes }) => ({ name: `${attempt}/${file}`, digest, size: BigInt(bytes) }))).toEqual(
    files.slice(0, -1),
  )
  const { blobs } = openStorage(archive.config)
  for (const { name, digest } of files) {
    const content = Buffer.concat(await Array.fromAsync((await blobs.open(digest)) ?? expect.fail(`${name} is not there`)))
    expect(digestOf(content.toString())).toBe(digest)
    if (name === 'log') expect(content.toString()).toBe(ids.map((id) => `${id}\n`).join(''))
  }
  expect(await archive.rows('select count(*)::int as n from run_log')).toEqual([{ n: 0 }])
})

test('files that a worker could not store are stored later', async () => {
  await using archive = await openRuns()
  await archive.work({ runners: [scriptedRunner(pass)], config: { ...archive.config, storage: 's3', s3: nowhere(archive) } })
  await archive.publish(3)
  const [run] = await archive.ended(1)
  await expect.poll(() => archive.lines.map(({ msg }) => msg)).toContain('the files of a run could not be put away; this is tried again')
  expect(run).toMatchObject({ status: 'PASSED', row_count: 3n })
  expect(directories(archive)).toEqual([run?.id])
  // A minute later.
  await archive.rows('alter table hook_run disable trigger user')
  await archive.rows(`update hook_run set finished_at = finished_at - interval '2 minutes'`)
  await archive.rows('alter table hook_run enable trigger user')
  await archive.work({ runners: [] })
  await expect.poll(() => directories(archive)).toEqual([])
  expect(await archive.rows('select name from run_file')).toEqual([{ name: '1/features.jsonl' }])
})

test('files of runs are removed after their retention time, and run.json keeps their digests', async () => {
  await using archive = await openRuns()
  await archive.work({ runners: [scriptedRunner(pass)] })
  await archive.publish(3)
  await archive.ended(1)
  await expect.poll(async () => (await archive.rows('select name from run_file')).length).toBe(1)
  const referenced = () => archive.rows('select referenced_at is not null as referenced from file')
  expect(await referenced()).toEqual([{ referenced: true }])
  await unguarded(archive.database.pool, `update run_file set kept_at = kept_at - interval '91 days'`)
  await expect.poll(() => archive.rows('select name from run_file')).toEqual([])
  expect(await referenced()).toEqual([{ referenced: false }])
  const [run] = await archive.runs()
  expect(run?.['run_json']).toMatchObject({ outputs: [{ attempt: 1, file: 'features.jsonl' }] })
})

async function longAgo(archive: Runs): Promise<void> {
  await archive.rows('alter table hook_run disable trigger user')
  await archive.rows(`update hook_run set finished_at = finished_at - interval '2 minutes'`)
  await archive.rows('alter table hook_run enable trigger user')
}

/** Leaves directories that a worker could not put away, because the storage did not answer. */
async function leftBehind(archive: Runs, count: number): Promise<readonly string[]> {
  const worker = await archive.work({ runners: [scriptedRunner(pass)], config: { ...archive.config, storage: 's3', s3: nowhere(archive) } })
  await archive.publishApart(count)
  const runs = await archive.ended(count)
  const told = () => archive.lines.filter(({ msg }) => msg === 'the files of a run could not be put away; this is tried again').length
  await expect.poll(told).toBe(count)
  await worker.close()
  await longAgo(archive)
  return runs.map(({ id }) => id)
}

const attemptOf = ({ directory }: Runs, run: string) => join(directory, 'runs', run.slice(-2), run, '1/1')

test('a run with very deeply nested directories is put away like any other', { timeout: 120_000 }, async () => {
  await using archive = await openRuns()
  const [run = expect.fail('no run')] = await leftBehind(archive, 1)
  // Built from the bottom up, as a hook that goes down step by step would, so no path is ever long.
  const at = join(attemptOf(archive, run), 'out/deep')
  mkdirSync(at)
  for (let i = 0; i < 5_000; i += 1) {
    mkdirSync(`${at}-next`)
    renameSync(at, `${at}-next/${'d'.repeat(100)}`)
    renameSync(`${at}-next`, at)
  }
  await archive.work({ runners: [] })
  await expect.poll(() => directories(archive)).toEqual([])
  expect(await archive.rows('select name from run_file')).toEqual([{ name: '1/features.jsonl' }])
})

/** Removing a tree moves its directories, and so also moves a mount inside them. */
function unmountBelow(directory: string): void {
  const places = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
  for (const place of places.filter((at) => at.startsWith(`${directory}/`))) execFileSync('umount', [place])
}

test.skipIf(process.getuid?.() !== 0)(
  'a run that cannot be removed blocks neither the others nor retention, and is logged once',
  { timeout: 120_000 },
  async () => {
    await using archive = await openRuns()
    const runs = await leftBehind(archive, 3)
    const [stuck = expect.fail('no run')] = runs
    const mounted = join(attemptOf(archive, stuck), 'out/mounted')
    mkdirSync(mounted)
    execFileSync('mount', ['-t', 'tmpfs', 'none', mounted])
    try {
      await archive.work({ runners: [] })
      await expect.poll(() => directories(archive)).toEqual([stuck])
      const kept = async () => (await archive.rows('select run::text from run_file')).length
      await expect.poll(kept).toBe(3)
      // The same sweeps remove files past their retention. Two rounds show that the sweeps continue.
      for (const left of [2, 1]) {
        await unguarded(
          archive.database.pool,
          `update run_file set kept_at = kept_at - interval '91 days' where run in (select run from run_file where run <> $1 limit 1)`,
          [stuck],
        )
        await expect.poll(kept).toBe(left)
      }
      const told = archive.lines.filter(({ msg, run }) => run === stuck && String(msg).includes('cannot be put away'))
      expect(told).toHaveLength(1)
      expect(told[0]).toMatchObject({ err: { message: expect.stringContaining('EBUSY') } })
    } finally {
      unmountBelow(archive.directory)
    }
  },
)

test('a file that does not match run.json is reported once as lost, and the rest of the run is stored', async () => {
  await using archive = await openRuns()
  const away = { ...archive.config, storage: 's3' as const, s3: nowhere(archive) }
  await archive.work({ runners: [scriptedRunner(pass)], config: away })
  await archive.publishApart(2, 3)
  const runs = await archive.ended(2)
  await expect
    .poll(() => archive.lines.filter(({ msg }) => msg === 'the files of a run could not be put away; this is tried again').length)
    .toBe(2)
  const spoilt = runs[0]?.id ?? expect.fail('no run')
  const shelf = join(archive.directory, 'runs', spoilt.slice(-2), spoilt)
  appendFileSync(join(shelf, '1/1/out/features.jsonl'), 'more\n')
  await archive.rows('alter table hook_run disable trigger user')
  await archive.rows(`update hook_run set finished_at = finished_at - interval '2 minutes'`)
  await archive.rows('alter table hook_run enable trigger user')
  await archive.work({ runners: [] })
  await expect.poll(() => directories(archive)).toEqual([])
  expect(await archive.rows('select run, name, reason from run_file_loss')).toEqual([
    { run: spoilt, name: '1/features.jsonl', reason: expect.stringContaining('has the digest') },
  ])
  expect(await archive.rows('select run, name from run_file')).toEqual([{ run: runs[1]?.id, name: '1/features.jsonl' }])
  const said = () => archive.lines.filter(({ msg }) => msg === 'a file of a run is not what run.json says of it, and is not kept')
  expect(said()).toHaveLength(1)
})
