import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { deployInput, hookInput, registryOn } from '../../../../test/registry/registry.ts'
import { createTestDatabase } from '../../../../test/support/index.ts'
import { addressFor, databaseWithRole, rolePassword, type DatabaseWithRole } from '../../../../test/support/own-role.ts'
import { grantReading } from './grant-reading.ts'
import { prepareReader } from './prepare-reader.ts'
import { readable } from './readable.ts'

test('a missing role is created with the password of its address', async () => {
  await using own = await databaseWithRole()
  expect(await prepare(own)).toBe(own.role)
  expect(await as(own, 'select count(*)::int as n from record')).toEqual([{ n: 0 }])
  await expect(query(addressFor(own.readUrl, own.role, 'another'), 'select 1')).rejects.toThrow('password authentication failed')
})

test('an existing role gets the grants it needs, also in a database without CONNECT for PUBLIC', async () => {
  await using own = await databaseWithRole(`login password '${rolePassword}'`)
  const { rows } = await own.database.pool.query('select current_database() as name')
  await own.run(`revoke all on database ${rows[0].name} from public`)
  await prepare(own)
  expect(await as(own, 'select count(*)::int as n from hook_run')).toEqual([{ n: 0 }])
})

test('doing it again changes nothing', async () => {
  await using own = await databaseWithRole()
  await registryOn(own.database).deploy(deployInput())
  await prepare(own)
  const before = await versions(own)
  await prepare(own)
  expect(await versions(own)).toEqual(before)
})

test('of five processes that start at once, one grants', async () => {
  await using own = await databaseWithRole()
  expect(await Promise.all(Array.from({ length: 5 }, () => prepare(own)))).toEqual(Array(5).fill(own.role))
})

test('tables and columns that deploys add are readable immediately', async () => {
  await using own = await databaseWithRole()
  await registryOn(own.database).deploy(deployInput())
  await prepare(own)
  await registryOn(own.database).deploy(
    deployInput({ slug: 'others', hooks: [hookInput(1, { name: 'later' })], schema: { ...deployInput().schema, id: 'later' } }),
  )
  await own.run('alter table features.later add column more int')
  for (const table of ['features.find_pockets', 'metadata.protein_v1', 'features.later', 'metadata.later_v1']) {
    expect(await as(own, `select count(*)::int as n from ${table}`), table).toEqual([{ n: 0 }])
  }
  expect(await as(own, 'select more from features.later')).toEqual([])
})

test('a deploy that is running while the role gets its grants also creates readable tables', async () => {
  await using own = await databaseWithRole()
  const saved = Promise.withResolvers<void>()
  const deployed = registryOn(own.database).deployWith(deployInput(), {
    outbox: {
      async append({ type }) {
        if (type !== 'ConventionDeployed') return
        saved.resolve()
        await new Promise((resolve) => setTimeout(resolve, 500))
      },
    },
  })
  await saved.promise
  await prepare(own)
  await deployed
  expect(await as(own, 'select count(*)::int as n from features.find_pockets')).toEqual([{ n: 0 }])
})

test('a start grants tables that a newer version reads, and revokes those that it no longer reads', async () => {
  await using own = await databaseWithRole()
  await prepare(own)
  await own.run('create table added (n int)')
  await grant(own, {
    ...readable,
    tables: ['added', ...readable.tables.filter((table) => table !== 'citation')],
    columns: { ...readable.columns, batch: ['id'] },
  })
  expect(await as(own, 'select n from added')).toEqual([])
  await expect(as(own, 'select id from citation')).rejects.toThrow('permission denied for table citation')
  await expect(as(own, 'select follows from batch')).rejects.toThrow('permission denied for table batch')
  expect(await as(own, 'select id from batch')).toEqual([])

  await prepare(own)
  await expect(as(own, 'select n from added')).rejects.toThrow('permission denied for table added')
  expect(await as(own, 'select id from citation')).toEqual([])
  expect(await as(own, 'select follows from batch')).toEqual([])
})

test('only the reader may execute SECURITY DEFINER functions, also in a database restored without grants', async () => {
  await using own = await databaseWithRole()
  await using stranger = await databaseWithRole(`login password '${rolePassword}'`)
  await own.run('grant execute on function stable_instant() to public')
  await prepare(own)
  expect(await as(own, 'select stable_instant() is not null as known')).toEqual([{ known: true }])
  await expect(query(addressFor(own.database.url, stranger.role), 'select stable_instant()')).rejects.toThrow('permission denied')
})

test('its sessions are read-only and have a statement timeout, for any client', async () => {
  await using own = await databaseWithRole()
  await prepare(own)
  const names = ['default_transaction_read_only', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
  const [settings] = await as(own, `select ${names.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`)
  expect(settings).toEqual({
    default_transaction_read_only: 'on',
    statement_timeout: '1min',
    lock_timeout: '10s',
    idle_in_transaction_session_timeout: '1min',
  })
})

test('the readers of two archives on one server cannot read each other’s databases', async () => {
  await using one = await databaseWithRole()
  await using other = await databaseWithRole()
  await Promise.all([prepare(one), prepare(other)])
  for (const own of [one, other]) expect(await as(own, 'select count(*)::int as n from record')).toEqual([{ n: 0 }])
  const stranger = addressFor(other.database.url, one.role)
  await expect(query(stranger, 'select id from record')).rejects.toThrow('permission denied for table record')
  await expect(query(stranger, 'select stable_instant()')).rejects.toThrow('permission denied for function stable_instant')
})

describe('is refused with what to do about it:', () => {
  const refused: readonly { what: string; make: string; after?: (role: string) => string; why: string | RegExp }[] = [
    { what: 'a wrong password', make: `login password 'another'`, why: 'DATABASE_READ_URL cannot be used: password authentication failed' },
    { what: 'a role that may not sign in', make: `nologin password '${rolePassword}'`, why: 'is not permitted to log in' },
    { what: 'a superuser', make: 'superuser', why: 'it is a superuser.' },
    { what: 'a role that may make roles', make: 'createrole', why: /it can make roles or databases, or copy them, as test_/ },
    {
      what: 'a role that writes a table',
      make: '',
      after: (role) => `grant insert on record to ${role}`,
      why: 'it can write to public.record.',
    },
    {
      what: 'a role that writes a column',
      make: '',
      after: (role) => `grant update (title) on convention to ${role}`,
      why: 'it can write to public.convention.',
    },
    {
      what: 'a role that moves a sequence',
      make: '',
      after: (role) => `grant usage on sequence record_count_id_seq to ${role}`,
      why: 'it can write to public.record_count_id_seq.',
    },
    {
      what: 'a role that makes tables',
      make: '',
      after: (role) => `grant create on schema features to ${role}`,
      why: 'it can make tables in the schema features.',
    },
    {
      what: 'a role that everybody lets write',
      make: '',
      after: () => 'grant delete on hook_run to public',
      why: 'it can write to public.hook_run.',
    },
    { what: 'a role that reads files', make: 'in role pg_read_server_files', why: 'it can act as pg_read_server_files.' },
    {
      what: 'a role that runs programs once it takes on another',
      make: 'noinherit in role pg_execute_server_program',
      why: 'it can act as pg_execute_server_program.',
    },
    { what: 'a role that reads everything', make: 'in role pg_read_all_data', why: 'it can act as pg_read_all_data.' },
    {
      what: 'a role that everybody lets read tokens',
      make: '',
      after: () => 'grant select on token, audit_event to public',
      why: 'it can read public.audit_event, can read public.token. Revoke that from PUBLIC',
    },
  ]

  test.each(refused)('$what', async ({ make, after, why }) => {
    await using own = await databaseWithRole(make.includes('password') ? make : `login password '${rolePassword}' ${make}`)
    if (after) await own.run(after(own.role))
    await expect(prepare(own)).rejects.toThrow(why)
    await expect(prepare(own)).rejects.toMatchObject({ name: 'DatabaseSetupError', message: expect.not.stringContaining(rolePassword) })
  })

  test('the role that owns the archive', async () => {
    await using database = await createTestDatabase()
    await expect(prepareReader({ url: database.url, readUrl: database.url })).rejects.toThrow(
      '"strata", may do more than reading needs: it is a superuser.',
    )
  })

  test('a role that is to be made, but has no password', async () => {
    await using own = await databaseWithRole()
    const readUrl = addressFor(own.readUrl, own.role, '')
    await expect(prepareReader({ url: own.database.url, readUrl })).rejects.toThrow(
      `There is no role "${own.role}" yet, and creating it needs a password`,
    )
  })

  test('a role that is not there, when DATABASE_URL’s may make none', async () => {
    await using own = await databaseWithRole()
    await using owner = await databaseWithRole(`login password '${rolePassword}'`)
    const url = addressFor(own.database.url, owner.role)
    await expect(prepareReader({ url, readUrl: own.readUrl })).rejects.toThrow(
      'DATABASE_READ_URL cannot be used: password authentication failed',
    )
  })

  test('a role that lacks what it needs, when DATABASE_URL’s may not grant it', async () => {
    await using owner = await databaseWithRole(`login password '${rolePassword}'`)
    await using own = await databaseWithRole(`login password '${rolePassword}'`)
    await own.run(`grant maintain on convention to ${owner.role}`)
    const url = addressFor(own.database.url, owner.role)
    await expect(prepareReader({ url, readUrl: own.readUrl })).rejects.toThrow(
      /may not read schema features, schema metadata, public\.absence.* and \d+ more; and the role of DATABASE_URL, .* could not/,
    )
  })

  test('another database of the server, and nothing of it is granted', async () => {
    await using own = await databaseWithRole(`login password '${rolePassword}'`)
    await using other = await createTestDatabase()
    const readUrl = addressFor(other.url, own.role)
    await expect(prepareReader({ url: own.database.url, readUrl })).rejects.toThrow(
      /names the database "test_\w+", and DATABASE_URL to "test_\w+"/,
    )
    await expect(query(readUrl, 'select id from record')).rejects.toThrow('permission denied')
    await expect(as(own, 'select id from record')).rejects.toThrow('permission denied')
  })

  test('a place where nobody answers', async () => {
    await using database = await createTestDatabase()
    await expect(prepareReader({ url: database.url, readUrl: 'postgres://reader:secret@127.0.0.1:1/strata' })).rejects.toThrow(
      /^DATABASE_READ_URL cannot be used: connect ECONNREFUSED 127\.0\.0\.1:1\./,
    )
  })
})

function prepare({ database, readUrl }: DatabaseWithRole): Promise<string> {
  return prepareReader({ url: database.url, readUrl })
}

async function grant({ database, role }: DatabaseWithRole, what: typeof readable): Promise<void> {
  const owner = new Client({ connectionString: database.url })
  await owner.connect()
  try {
    await grantReading(owner, role, what)
  } finally {
    await owner.end()
  }
}

function as({ readUrl }: DatabaseWithRole, sql: string): Promise<Record<string, unknown>[]> {
  return query(readUrl, sql)
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

/** Which transactions wrote the catalogs' rows that say who may what. */
async function versions({ database }: DatabaseWithRole): Promise<unknown[]> {
  const { rows } = await database.pool.query(`
    select 'table' as of, relname::text as name, xmin::text from pg_class union all
    select 'schema', nspname, xmin::text from pg_namespace union all
    select 'function', oid::text, xmin::text from pg_proc union all
    select 'database', datname, xmin::text from pg_database where datname = current_database() union all
    select 'default', oid::text, xmin::text from pg_default_acl union all
    select 'setting', setrole::text, xmin::text from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database())
    order by 1, 2, 3`)
  return rows
}
