import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { describe, expect, test } from 'vitest'
import { triggersOf } from '../../infrastructure/postgres/tables/triggers.ts'
import { depositsIn } from '../runs/deposits.ts'
import { openRuns } from '../runs/open-runs.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/verifying.md'), 'utf8')

test('docs/verifying.md has a decision for each table, and the triggers implement it', async () => {
  await using archive = await openRuns()
  const decided = new Map(
    [...page.slice(page.indexOf('## What the database refuses')).matchAll(/^\| `([\w.*]+)` \| ([^|]+) \| ([^|]+) \|/gm)].map(
      ([, table = '', change = '', remove = '']) => [table, { change, remove }],
    ),
  )
  const tables = await archive.rows(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'bullmq') and table_name <> '_prisma_migrations'`,
  )
  const triggers = await triggersIn(archive.database.pool)
  const unlike: string[] = []
  for (const { schema, name } of tables) {
    const key = schema === 'public' ? name : `${schema}.*`
    const decision = decided.get(key)
    if (decision === undefined) {
      unlike.push(`${key} is not in docs/verifying.md: decide what may become of its rows, and write triggers`)
      continue
    }
    const own = triggers.filter(({ table }) => table === `${schema}.${name}`)
    const found = { change: kindOf(own, 'UPDATE'), remove: kindOf(own, 'DELETE'), truncate: kindOf(own, 'TRUNCATE') }
    const wanted = { change: wantedKind(decision.change), remove: wantedKind(decision.remove), truncate: 'never' }
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      unlike.push(`${key} is decided ${JSON.stringify(wanted)}, and its triggers are ${JSON.stringify(found)}`)
  }
  expect(unlike).toEqual([])
  const present = new Set(tables.map(({ schema, name }) => (schema === 'public' ? name : `${schema}.*`)))
  expect([...decided.keys()].filter((name) => !present.has(name))).toEqual([])
})

test('the list of triggers that verify checks matches the migrations', async () => {
  await using archive = await openRuns()
  const tables = await archive.rows(
    `select nspname as schema, relname as name, array_agg(tgname::text order by tgname::text collate "C") as triggers
     from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_namespace on pg_namespace.oid = relnamespace
     where not tgisinternal and nspname in ('public', 'features', 'metadata') group by 1, 2`,
  )
  expect(tables.map(({ schema, name, triggers }) => [name, triggers, schema])).toEqual(
    tables.map(({ schema, name }) => [name, triggersOf(schema, name), schema]),
  )
})

test('tables of earlier deploys have the same triggers as new ones', async () => {
  await using archive = await openRuns()
  const own = `select nspname as schema, relname as name, tgname from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_namespace on pg_namespace.oid = relnamespace
    where not tgisinternal and nspname in ('features', 'metadata') order by 1, 2, 3`
  const before = await archive.rows(own)
  for (const { schema, name, tgname } of before.filter(
    ({ schema, tgname }) => schema === 'metadata' || ['is_never_removed', 'is_never_truncated'].includes(tgname),
  )) {
    await archive.rows(`drop trigger ${tgname} on ${schema}.${name}`)
  }
  for (const name of ['20261129200001_guards', '20261130010001_removals']) {
    const migration = readFileSync(join(import.meta.dirname, '../../prisma/migrations', name, 'migration.sql'), 'utf8')
    await archive.rows(migration.slice(migration.lastIndexOf('DO $$')))
  }
  expect(await archive.rows(own)).toEqual(before)
})

interface Trigger {
  readonly table: string
  readonly events: readonly string[]
  readonly isUnconditional: boolean
}

async function triggersIn(pool: Pool): Promise<readonly Trigger[]> {
  const { rows } = await pool.query(
    `select nspname || '.' || relname as table, tgqual is null and proname = 'refuse_change' as "isUnconditional", tgenabled,
       array_remove(array[case when tgtype & 16 > 0 then 'UPDATE' end, case when tgtype & 8 > 0 then 'DELETE' end, case when tgtype & 32 > 0 then 'TRUNCATE' end], null) as events
     from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_namespace on pg_namespace.oid = relnamespace join pg_proc on pg_proc.oid = tgfoid
     where not tgisinternal and tgtype & 2 > 0 and tgenabled = 'O'`,
  )
  return rows
}

function kindOf(triggers: readonly Trigger[], event: string): string {
  const own = triggers.filter(({ events }) => events.includes(event))
  if (own.length === 0) return 'free'
  return own.some(({ isUnconditional }) => isUnconditional) ? 'never' : 'limited'
}

function wantedKind(decision: string): string {
  const text = decision.trim()
  // What refers to a row keeps it by foreign keys, without a trigger.
  if (text === 'free' || text.includes('foreign keys')) return 'free'
  return text === 'never' ? 'never' : 'limited'
}

describe('the owner of the database is refused', () => {
  test.each([
    'delete from features.doubled',
    'truncate features.doubled',
    'update features.doubled set value = 0',
    'insert into features.doubled select _run, _record, _ordinal + 1, _version, value, word from features.doubled',
    'delete from metadata.number_v1',
    'update metadata.number_v1 set n = 0',
    'truncate metadata.number_v1',
    'truncate pointer_event',
    'truncate convention_deployment',
    'truncate release_state_event',
    'truncate run_file',
    'truncate batch cascade',
    'truncate convention cascade',
    `update hook set feature = jsonb_set(feature, '{cardinality}', '"ONE"')`,
    `update hook set feature = jsonb_set(feature, '{columns,0,type}', '"TEXT"')`,
    `update hook set feature = jsonb_set(feature, '{columns,0,name}', '"other"')`,
    `update hook set feature = '{}'`,
    `update hook set name = 'other'`,
    'update hook set live_release_id = null',
    `insert into pointer_event (id, hook, position, from_release_id, to_release_id, actor)
     select gen_random_uuid(), 'doubled', 3, to_release_id, (select id from hook_release where version = 1), 'me' from pointer_event where position = 2`,
    `update hook_release set state = 'ACTIVE' where state = 'YANKED'`,
    `update run_outcome set lost_at = now() where status = 'PASSED'`,
    `update run_outcome set row_count = 2, lost_at = now()`,
    'update outbox set payload = $${}$$',
    'delete from outbox where handled_at is null',
    `update convention set slug = 'other'`,
    'delete from convention_schema',
    'delete from deposition',
    `update deposition set owner = 'user:other'`,
    'delete from deposition_file',
    'delete from archive',
    `update archive set domain = 'elsewhere'`,
    'delete from file',
    'update file set size = size + 1',
    'update file set referenced_at = null',
    'delete from run_file',
    `update run_file set digest = 'sha256:00'`,
    'delete from run_log',
  ])('%s', async (statement) => {
    const { archive } = await shared()
    const client = await archive.database.pool.connect()
    try {
      const before = await client.query('select count(*)::int as n from features.doubled')
      expect(before.rows).toEqual([{ n: 3 }])
      await client.query('begin')
      const refused = client.query(statement).then(() => client.query('commit'))
      await expect(refused).rejects.toMatchObject({ code: '23000' })
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  const shared = once(async () => {
    const archive = await openRuns()
    const { rows, database } = archive
    await archive.publish(3)
    await archive.work()
    await archive.ended(1)
    // A second release, and the first yanked.
    await archive.deploy([{ source: `export default () => [{ value: 1 }]` }])
    await rows(`insert into archive (domain) values ('here') on conflict do nothing`)
    await rows(
      `update hook_release set state = 'YANKED', state_reason = 'wrong', state_changed_by = 'me', state_changed_at = now() where version = 1`,
    )
    await rows(
      `insert into release_state_event (id, release_id, state, reason, actor) select gen_random_uuid(), id, 'YANKED', 'wrong', 'me' from hook_release where version = 1`,
    )
    const [record] = await rows('select id from record limit 1')
    await rows(
      `insert into file (digest, size, created_by, stored_at, referenced_at) values ('sha256:${'a'.repeat(64)}', 1, 'me', now(), now())`,
    )
    await rows(`insert into record_file (record_id, name, position, digest) values ($1, 'a', 1, 'sha256:${'a'.repeat(64)}')`, [record.id])
    await rows(
      `insert into run_file (run, name, digest, size) select id, '9/features.jsonl', 'sha256:${'a'.repeat(64)}', 1 from hook_run limit 1`,
    )
    // Of a run whose log is in pieces.
    await rows(`insert into run_log (run, position, data) select id, 1000000, 'x' from hook_run limit 1`)
    await rows(`insert into outbox (id, type, payload, actor) values (gen_random_uuid(), 'Any', '{}', 'me')`)
    await depositsIn(archive).submitted(1)
    await rows(
      `insert into deposition_file (deposition_id, name, digest, size, position) select id, 'a', 'sha256:${'a'.repeat(64)}', 1, 1 from deposition limit 1`,
    )
    await rows(`update deposition set status = 'IN_REVIEW' where status <> 'IN_REVIEW'`).catch(() => [])
    return { archive, database }
  })
})

test('what a removal may erase is what the record consists of, wholly, and nothing else', async () => {
  await using archive = await openRuns()
  const { rows } = archive
  const [removed, other] = await archive.publish(2)
  await archive.work()
  await archive.ended(1)
  const withdrawal = '01940000-0000-7000-8000-000000000001'
  const named = `insert into erasure (withdrawal, kind, name) values ('${withdrawal}', `
  await rows(
    `insert into withdrawal (id, record, convention, kind, reason, actor, at) values ($1, $2, 'numbers', 'RETRACTED', 'r', 'me', now())`,
    ['01940000-0000-7000-8000-000000000002', other],
  )
  await rows(
    `insert into withdrawal (id, record, convention, kind, reason, actor, at) values ($1, $2, 'numbers', 'REMOVED', 'r', 'me', now())`,
    [withdrawal, removed],
  )
  const refused = (statement: string) => expect(rows(statement), statement).rejects.toMatchObject({ code: '23000' })
  await refused(`update record set metadata = '{}', note = null where id = '${removed}'`)
  await refused(`${named} 'RECORD', '${other}')`)
  await refused(`${named.replace('000000000001', '000000000002')} 'RECORD', '${other}')`)
  await refused(`${named} 'RUN', (select id from hook_run))`)
  await rows(`${named} 'RECORD', '${removed}')`)
  await rows(`${named} 'RUN', (select id from hook_run))`)
  for (const [table, key] of [
    ['features.doubled', '_record'],
    ['metadata.number_v1', '_record'],
  ]) {
    await refused(`delete from ${table} where ${key} = '${other}'`)
    await refused(`delete from ${table}`)
    await rows(`delete from ${table} where ${key} = '${removed}'`)
  }
  for (const change of [
    `metadata = '{"n": 7}'`,
    `metadata = '{}', published_by = 'another'`,
    `metadata = '{}', source = source || '{"id": "x"}'`,
    `note = 'x'`,
  ]) {
    await refused(`update record set ${change} where id = '${removed}'`)
  }
  await refused(`update record set metadata = '{}', note = null where id = '${other}'`)
  await refused(`update run_outcome set reason = 'another' where record = '${removed}'`)
  await refused(`update hook_run set failure_message = 'another'`)
  await refused(`update hook_run set passed_count = 7`)
  await refused(`update run_attempt set exit_code = 7`)
  await rows(`update record set metadata = '{}', note = null where id = '${removed}'`)
  await refused(`update erasure set name = '${other}' where kind = 'RECORD'`)
  await refused('delete from erasure')
})

test('a deploy may change column descriptions, and the code may still remove what it needs to', async () => {
  await using archive = await openRuns()
  await archive.rows(
    `update hook set feature = jsonb_set(jsonb_set(feature, '{columns,0,unit}', '"m"'), '{columns,1,description}', '"A word."')`,
  )
  await archive.rows(
    `update hook set feature = jsonb_set(feature, '{columns}', jsonb_build_array(feature -> 'columns' -> 1, feature -> 'columns' -> 0))`,
  )
  await archive.rows(`insert into file (digest, size, created_by) values ('sha256:${'b'.repeat(64)}', 1, 'me')`)
  await archive.rows(`delete from file where digest = 'sha256:${'b'.repeat(64)}'`)
})

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
