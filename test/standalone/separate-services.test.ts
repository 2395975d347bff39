import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { createTestDatabase, temporaryDirectory } from '../support/index.ts'
import { eventually } from '../support/eventually.ts'
import { startNodeProcess } from './running-node.ts'

const settings = { STRATA_TOKEN_SECRET: 'x'.repeat(32), STRATA_GATEWAY_SECRET: 'y'.repeat(32) }

test.each([
  { role: 'conventions', pools: ['strata conventions'], parts: ['database'] },
  { role: 'registry', pools: ['strata registry'], parts: ['database', 'storage'] },
  { role: 'records', pools: ['strata records'], parts: ['database', 'storage'] },
  { role: 'data', pools: ['strata data', 'strata read'], parts: ['database', 'database for reading'] },
])('the service $role opens $parts and nothing else', { timeout: 120_000 }, async ({ role, pools, parts }) => {
  await using database = await createTestDatabase()
  const reading = new URL(database.reader.url).username
  // A process that opens this role grants it what it may read.
  await database.pool.query(`revoke select on all tables in schema public from ${reading}`)
  await using directory = await temporaryDirectory()
  const port = await freePort()
  await using _service = startNodeProcess(directory.path, {
    ...settings,
    STRATA_ROLE: role,
    STRATA_PORT: String(port),
    DATABASE_URL: database.url,
    DATABASE_READ_URL: database.reader.url,
  })
  await eventually(async () => {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`)
    expect(ready.status).toBe(200)
    const told = (await ready.json()) as { readonly parts: readonly { readonly name: string }[] }
    expect(told.parts.map(({ name }) => name)).toEqual(parts)
  })
  const { rows } = await database.pool.query(
    `select distinct application_name as pool, usename as role from pg_stat_activity
     where datname = current_database() and application_name like 'strata%' order by 1`,
  )
  expect(rows.map(({ pool }) => pool)).toEqual(pools)
  expect(rows.filter((row) => row.role === reading).map(({ pool }) => pool)).toEqual(pools.filter((pool) => pool === 'strata read'))
  const granted = await database.pool.query('select has_table_privilege($1, $2, $3) as read', [reading, 'record', 'select'])
  expect(granted.rows).toEqual([{ read: role === 'data' }])
  expect(existsSync(join(directory.path, 'files'))).toBe(parts.includes('storage'))
})
