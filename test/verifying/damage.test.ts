import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findingCount, verifyArchive, type FindingKind, type Verification } from '@strata/domain/verification'
import { composeVerifier } from '@strata/workers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRuns } from '../runs/open-runs.ts'
import { unguarded } from '../support/index.ts'
import { filesBelow } from '../support/files-below.ts'
import { eventually } from '../support/eventually.ts'

type Archive = Awaited<ReturnType<typeof openRuns>>

const verify = async (archive: Archive, sample?: Parameters<typeof verifyArchive>[1]['sample']): Promise<Verification> => {
  const verification = await composeVerifier(archive).verify({ sample, restart: true, signal: new AbortController().signal })
  if (verification === undefined) throw new Error('somebody else verifies this archive')
  return verification
}

/** Some rejected, some empty, some errors, some with many rows. */
const various = `export default async function hook({ record, reject }) {
  const { n } = record.metadata
  if (n % 5 === 0) return reject('a multiple of five')
  if (n % 5 === 1) throw new Error('one too many')
  if (n % 5 === 2) return []
  return Array.from({ length: n % 5 }, (_, i) => ({ value: n + i / 3, word: 'w\\t"' + i }))
}`

/** An archive with two releases, a rollback, files, kept results and a hook that fails. */
async function openLived(): Promise<Archive> {
  const archive = await openRuns(undefined, [
    { source: various },
    { name: 'plain' },
    { name: 'broken', source: `export default () => { throw new Error('no') }` },
  ])
  const worker = await archive.work()
  await archive.publish(25)
  await archive.ended(3)
  await archive.deploy([
    { source: `${various}\n// second` },
    { name: 'plain' },
    { name: 'broken', source: `export default () => { throw new Error('no') }` },
  ])
  await archive.publish(10)
  await archive.ended(6)
  await worker.close()
  // The worker keeps results' files and logs for 90 days from here.
  await unguarded(archive.database.pool, `update hook_run set finished_at = finished_at - interval '2 minutes'`)
  await archive.work()
  await eventually(async () => expect(await archive.rows(`select from run_file where name like '%/features.jsonl'`)).toHaveLength(4))
  return archive
}

describe('verify', () => {
  let archive: Archive
  beforeAll(async () => {
    archive = await openLived()
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  test('finds nothing in an intact archive, and says how much it checked', async () => {
    const verification = await verify(archive)
    expect(verification.findings).toEqual([])
    expect(verification.finishedAt).toBeDefined()
    expect(Object.fromEntries(verification.checks.map(({ name, checked, of }) => [name, [checked, of]]))).toMatchObject({
      registry: [3, 3],
      records: [35, 35],
      runs: [6, 6],
      rows: [3, 3],
      counts: [4, 4],
    })
    const { checks } = verification
    expect(checks.find(({ name }) => name === 'outputs')?.checked).toBeGreaterThanOrEqual(4)
    expect(checks.find(({ name }) => name === 'files')?.checked).toBeGreaterThanOrEqual(4)
    expect(await archive.rows('select id, finished_at is not null as ended from verification order by started_at desc limit 1')).toEqual([
      { id: verification.id, ended: true },
    ])
  })

  const first = `(select id from hook_run where hook = 'doubled' order by id limit 1)`
  const writtenColumns =
    'id, first_version, version, convention, schema_id, schema_version, source, metadata, published_at, published_by, note'
  const damages: readonly (readonly [what: string, kinds: readonly FindingKind[], damage: string, mend: string])[] = [
    [
      'a row is removed',
      ['ROWS', 'OUTPUT'],
      `with gone as (delete from features.doubled where _run = ${first} and _ordinal = 2 returning *) insert into aside select to_jsonb(gone) from gone`,
      `insert into features.doubled select (jsonb_populate_record(null::features.doubled, row)).* from aside`,
    ],
    [
      'a value is changed',
      ['OUTPUT'],
      `update features.doubled set value = value + 1 where _run = ${first} and _ordinal = 0`,
      `update features.doubled set value = value - 1 where _run = ${first} and _ordinal = 0`,
    ],
    [
      'a text loses a character',
      ['OUTPUT'],
      `update features.doubled set word = replace(word, chr(9), '') where _run = ${first}`,
      `update features.doubled set word = 'w' || chr(9) || substr(word, 2) where _run = ${first}`,
    ],
    [
      'rows are made up',
      ['ROWS', 'OUTPUT'],
      `insert into features.doubled select _run, _record, _ordinal + 10, _version, value, word from features.doubled where _run = ${first}`,
      `delete from features.doubled where _ordinal >= 10`,
    ],
    [
      'rows come from a run that does not exist',
      ['STRAY_ROWS'],
      `insert into features.plain values ('00000000-0000-7000-8000-000000000000', gen_random_uuid(), 0, 1, 1, null)`,
      `delete from features.plain where _run = '00000000-0000-7000-8000-000000000000'`,
    ],
    [
      'an outcome is changed',
      ['OUTCOMES', 'OUTPUT', 'COUNT'],
      `update run_outcome set status = 'EMPTY', reason = null where run = ${first} and status = 'REJECTED'`,
      `update run_outcome set status = 'REJECTED', reason = 'a multiple of five' where run = ${first} and status = 'EMPTY' and record in (select id from record where (metadata ->> 'n')::int % 5 = 0)`,
    ],
    [
      'an outcome gives way to none',
      ['OUTCOMES', 'COUNT'],
      `update run_outcome set lost_at = now() where run = ${first} and status = 'PASSED'`,
      `update run_outcome set lost_at = null where run = ${first} and status = 'PASSED'`,
    ],
    [
      'a count of a run is changed',
      ['RUN_JSON', 'OUTCOMES'],
      `update hook_run set row_count = row_count + 1 where id = ${first}`,
      `update hook_run set row_count = row_count - 1 where id = ${first}`,
    ],
    [
      'the output digest is changed in run.json',
      ['RUN_JSON', 'OUTPUT'],
      `update hook_run set run_json = jsonb_set(run_json, '{outputs,0,digest}', to_jsonb('sha256:' || repeat('0', 64))) where id = ${first}`,
      '',
    ],
    ['a run.json is emptied', ['RUN_JSON'], `update hook_run set run_json = '{}' where id = ${first}`, ''],
    [
      'the pointer moves without an event',
      ['POINTER_LOG'],
      `update hook set live_release_id = (select id from hook_release where hook = 'doubled' and version = 1) where name = 'doubled'`,
      `update hook set live_release_id = (select id from hook_release where hook = 'doubled' and version = 2) where name = 'doubled'`,
    ],
    [
      'the pointer log has a gap',
      ['POINTER_LOG'],
      `update pointer_event set position = 3 where hook = 'doubled' and position = 2`,
      `update pointer_event set position = 2 where hook = 'doubled' and position = 3`,
    ],
    [
      'the text of a module is changed',
      ['RELEASE'],
      `update module_source set source = source || ' ' where digest = (select runtime ->> 'digest' from hook_release where hook = 'plain')`,
      `update module_source set source = rtrim(source) where digest = (select runtime ->> 'digest' from hook_release where hook = 'plain')`,
    ],
    [
      'the config of a release is changed',
      ['RELEASE', 'RUN_JSON'],
      `update hook_release set runtime = jsonb_set(runtime, '{config,x}', '1', true) where hook = 'plain'`,
      `update hook_release set runtime = runtime #- '{config,x}' where hook = 'plain'`,
    ],
    [
      'a release is yanked without a word',
      ['RELEASE'],
      `update hook_release set state = 'YANKED', state_reason = 'x', state_changed_by = 'x', state_changed_at = now() where hook = 'doubled' and version = 1`,
      `update hook_release set state = 'ACTIVE', state_reason = null, state_changed_by = null, state_changed_at = null where hook = 'doubled' and version = 1`,
    ],
    [
      'a typed row is changed',
      ['TYPED_ROW'],
      `update metadata.number_v1 set n = 99 where n = 3`,
      `update metadata.number_v1 set n = 3 where n = 99`,
    ],
    [
      'metadata are no longer of their type',
      ['TYPED_ROW'],
      `update record set metadata = '{"n": "three"}' where metadata ->> 'n' = '3'`,
      `update record set metadata = '{"n": 3}' where metadata ->> 'n' = 'three'`,
    ],
    [
      'a record is removed',
      ['COUNT', 'RECORD_MISSING'],
      `with gone as (delete from record where metadata ->> 'n' = '3' returning *) insert into aside select to_jsonb(gone) from gone`,
      // All columns but the one that is generated.
      `insert into record (${writtenColumns}) select ${writtenColumns} from aside cross join jsonb_populate_record(null::public.record, row)`,
    ],
    [
      'the size of a file is changed',
      ['FILE_DAMAGED'],
      `update file set size = size + 1 where digest = (select digest from run_file where name like '%/features.jsonl' limit 1)`,
      `update file set size = size - 1 where digest = (select digest from run_file where name like '%/features.jsonl' limit 1)`,
    ],
    [
      'a trigger is off',
      ['GUARD_MISSING'],
      'alter table features.doubled disable trigger is_never_removed',
      'alter table features.doubled enable trigger is_never_removed',
    ],
    [
      'a trigger is gone',
      ['GUARD_MISSING'],
      'drop trigger is_never_truncated on pointer_event',
      'create trigger is_never_truncated before truncate on pointer_event for each statement execute function refuse_change()',
    ],
    [
      'another trigger is gone',
      ['GUARD_MISSING'],
      'drop trigger record_is_never_deleted on record',
      'create trigger record_is_never_deleted before delete on record for each row execute function refuse_change()',
    ],
    [
      'the table of a hook is gone',
      ['TABLE_MISSING'],
      'alter table features.plain set schema public',
      'alter table public.plain set schema features',
    ],
  ]
  test.each(damages)('names it when %s', async (_what, kinds, damage, mend) => {
    const { pool } = archive.database
    await archive.rows('create table aside (row jsonb)')
    const [kept] = await archive.rows(`select run_json, id from hook_run where id = ${first}`)
    await unguarded(pool, damage)
    const { counts, findings } = await verify(archive)
    // Mended before anything is expected: the next case has the same archive.
    if (mend === '') await unguarded(pool, 'update hook_run set run_json = $1 where id = $2', [kept.run_json, kept.id])
    else await unguarded(pool, mend)
    await archive.rows('drop table aside')
    expect([...new Set(findings.map(({ kind }) => kind))].toSorted()).toEqual(kinds.toSorted())
    expect(Object.keys(counts).toSorted()).toEqual(kinds.toSorted())
  })

  test('names stored content that is missing or changed, and its users', async () => {
    const blobs = filesBelow(join(archive.directory, 'files/blobs'))
    const [one, two, three] = (
      await archive.rows(`select digest from run_file where name like '%/features.jsonl' order by run limit 3`)
    ).map(({ digest }) => digest.slice(7))
    const place = (hex: string) => blobs.find((path) => path.endsWith(hex)) ?? ''
    expect(existsSync(place(one))).toBe(true)
    writeFileSync(place(one), 'x'.repeat(statSync(place(one)).size), { mode: 0o600 })
    rmSync(place(two))
    const unreadable = place(three)
    rmSync(unreadable)
    mkdirSync(unreadable)
    const { findings } = await verify(archive)
    expect(findings.filter(({ kind }) => kind.startsWith('FILE'))).toEqual(
      expect.arrayContaining([
        {
          kind: 'FILE_DAMAGED',
          subject: `file:sha256:${one}`,
          detail: expect.stringMatching(/has the digest sha256:.* It is the file 1\/features\.jsonl of run/),
        },
        { kind: 'FILE_MISSING', subject: `file:sha256:${two}`, detail: expect.stringContaining('of run') },
        { kind: 'FILE_DAMAGED', subject: `file:sha256:${three}`, detail: expect.stringContaining('cannot be read') },
      ]),
    )
    expect(findings.filter(({ kind }) => kind === 'OUTPUT').map(({ detail }) => detail)).toEqual([
      expect.stringContaining('cannot be read'),
      expect.stringContaining('cannot be read'),
    ])
  })
})

test('finds nothing in a busy archive, in repeated checks', async () => {
  await using archive = await openRuns(undefined, [{ source: various }, { name: 'plain' }])
  await archive.work()
  let rounds = 0
  for (let n = 1; n <= 12; n++) {
    await archive.publish(20)
    if (n % 3 === 0) await archive.deploy([{ source: `${various}\n// ${n}` }, { name: 'plain' }])
    expect((await verify(archive)).findings).toEqual([])
    rounds += 1
  }
  await eventually(async () =>
    expect(
      await archive.rows(
        `select from record cross join (values ('doubled'), ('plain')) hook (name)
     where not exists (select from run_outcome join hook_release on hook_release.id = release_id where record = record.id and hook = name)`,
      ),
    ).toEqual([]),
  )
  expect((await verify(archive)).findings).toEqual([])
  expect(rounds).toBe(12)
})

test('a sample checks a part, and skips checks that need everything', async () => {
  await using archive = await openRuns()
  await archive.publish(200)
  await archive.work()
  await archive.ended(1)
  const part = await verify(archive, { kind: 'part', percent: 10 })
  const records = part.checks.find(({ name }) => name === 'records')
  expect(records?.checked).toBe(records?.of)
  expect(records?.checked).toBeGreaterThan(0)
  expect(records?.checked).toBeLessThan(100)
  expect(part.checks.find(({ name }) => name === 'counts')).toMatchObject({ done: true, skipped: expect.any(String) })
  const seven = await verify(archive, { kind: 'number', count: 7 })
  expect(seven.checks.find(({ name }) => name === 'records')).toMatchObject({ checked: 7, of: 7 })
  expect(findingCount(seven)).toBe(0)
})
