import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deployInput, registryOn } from '../../../../test/registry/registry.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/support/index.ts'
import { prepareReader } from './prepare-reader.ts'
import { readable } from './readable.ts'

let database: TestDatabase
let reader: Client

beforeAll(async () => {
  database = await createTestDatabase()
  await registryOn(database).deploy(deployInput())
  await prepareReader({ url: database.url, readUrl: database.reader.url })
  reader = new Client({ connectionString: database.reader.url })
  await reader.connect()
})

afterAll(async () => {
  await reader.end()
  await database[Symbol.asyncDispose]()
})

/** As somebody would who could send any statement: the session's own defaults are set aside first. */
async function attempt(statement: string): Promise<unknown> {
  await reader.query('begin read write')
  try {
    return await reader.query(statement)
  } finally {
    await reader.query('rollback')
  }
}

const insufficientPrivilege = '42501'

describe('whoever has the reader’s connection cannot', () => {
  const refused = [
    `insert into hook (name, feature) values ('mine', '{}')`,
    `update record set metadata = '{}'`,
    'delete from hook_run',
    'truncate run_outcome',
    'select id from record for update',
    'lock table record in exclusive mode',
    'insert into features.find_pockets default values',
    'update metadata.protein_v1 set pdb_id = null',
    'drop table features.find_pockets',
    'alter table features.find_pockets add column mine int',
    'create index on features.find_pockets (score)',
    'create table mine (n int)',
    'create table features.mine (n int)',
    'create temporary table mine (n int)',
    'create schema mine',
    'create view mine as select 1',
    'create function mine() returns int language sql return 1',
    'create extension pg_trgm',
    `select lo_from_bytea(0, 'mine')`,
    'select lo_creat(-1)',
    `copy (select 1) to program 'cat'`,
    `copy hook (name) from program 'echo mine'`,
    `copy (select 1) to '/tmp/mine'`,
    `select pg_read_file('/etc/passwd')`,
    `select pg_ls_dir('/')`,
    `select lo_import('/etc/passwd')`,
    `select pg_stat_reset()`,
    `select pg_reload_conf()`,
    `select pg_logical_emit_message(false, 'mine', 'mine')`,
    `set session_replication_role = replica`,
    'set role strata',
    'set session authorization strata',
    'reset session authorization; set role strata',
    'create role mine',
    'alter role strata nosuperuser',
    'grant strata to strata_reader',
    `alter default privileges for role strata grant insert on tables to public`,
    `alter database strata set work_mem = '1GB'`,
    `select nextval('record_count_id_seq')`,
    `select * from pg_authid`,
    `select * from pg_hba_file_rules`,
    `select lease_token from hook_run`,
    `select metadata from candidate`,
    `select * from candidate`,
    'table token',
    'table audit_event',
    'table upload',
    'table outbox',
    'table module_source',
    'table run_log',
    'table _prisma_migrations',
  ]

  test.each(refused)('%s', async (statement) => {
    await expect(attempt(statement)).rejects.toMatchObject({ code: insufficientPrivilege })
  })
})

test('it sees of other sessions no more than that they are there', async () => {
  const { rows } = (await attempt(
    `select distinct query from pg_stat_activity where usename <> 'strata_reader' and datname is not null`,
  )) as { rows: { query: string }[] }
  expect(rows).toEqual([{ query: '<insufficient privilege>' }])
})

test('of the archive’s own tables it reads those that are listed, and of some of them no more than the columns that are', async () => {
  const { rows } = await database.pool.query<{ table: string; columns: string[] | null; all: boolean }>(`
    select relname as table, has_table_privilege('strata_reader', oid, 'select') as all,
      (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = pg_class.oid and attnum > 0 and not attisdropped and has_column_privilege('strata_reader', attrelid, attnum, 'select')) as columns
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') order by relname`)
  expect(rows.filter(({ all }) => all).map(({ table }) => table)).toEqual(readable.tables.toSorted())
  const some = rows.flatMap(({ table, columns, all }) => (all || columns === null ? [] : [[table, columns.toSorted()]]))
  expect(Object.fromEntries(some)).toEqual(
    Object.fromEntries(Object.entries(readable.columns).map(([table, columns]) => [table, columns.toSorted()])),
  )
})

test('its sessions are read-only unless they say otherwise, and no right is asked for then', async () => {
  const readOnly = '25006'
  for (const statement of ['delete from record', 'create temporary table mine (n int)']) {
    await expect(reader.query(statement)).rejects.toMatchObject({ code: readOnly })
  }
})

test('a moment of which everything is known is before whatever another role is writing', async () => {
  const writer = await database.pool.connect()
  try {
    await writer.query('begin')
    await writer.query(`update archive set domain = domain`)
    const { rows } = await writer.query<{ began: Date }>('select now() as began, pg_current_xact_id()')
    await new Promise((resolve) => setTimeout(resolve, 100))
    const known = await reader.query<{ at: Date }>('select stable_instant() as at')
    expect(known.rows[0]?.at.getTime()).toBeLessThan(rows[0]?.began.getTime() ?? 0)
    await writer.query('commit')
    const later = await reader.query<{ at: Date }>('select stable_instant() as at')
    expect(later.rows[0]?.at.getTime()).toBeGreaterThan(rows[0]?.began.getTime() ?? 0)
  } finally {
    writer.release()
  }
})
