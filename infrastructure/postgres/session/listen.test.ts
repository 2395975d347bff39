import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '../../../test/support/index.ts'
import { listen } from './listen.ts'
import { eventually } from '../../../test/support/eventually.ts'

test('a committed event is heard, one that was rolled back is not', async () => {
  await using database = await createTestDatabase()
  const heard = vi.fn<() => void>()
  const listening = listen({ url: database.url, channel: 'strata_outbox', heard, lost: fail })
  await eventually(() => expect(heard).toHaveBeenCalledTimes(1))

  await database.pool.query(`begin; ${anEvent}; rollback`)
  await database.pool.query(anEvent)
  await eventually(() => expect(heard).toHaveBeenCalledTimes(2))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(heard).toHaveBeenCalledTimes(2)
  await listening.close()
})

test('a lost connection is reported and restored, and missed notifications are caught up with', async () => {
  await using database = await createTestDatabase()
  const heard = vi.fn<() => void>()
  const lost = vi.fn<(error: Error) => void>()
  const listening = listen({ url: database.url, channel: 'strata_outbox', heard, lost, retryMs: 20 })
  await eventually(() => expect(heard).toHaveBeenCalledTimes(1))

  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'strata listen' and datname = current_database()`,
  )
  await eventually(() => expect(heard).toHaveBeenCalledTimes(2))
  expect(lost).toHaveBeenCalledTimes(1)
  await database.pool.query(anEvent)
  await eventually(() => expect(heard).toHaveBeenCalledTimes(3))
  await listening.close()
})

test('closing leaves no connection, also while there is none', async () => {
  const lost = vi.fn<(error: Error) => void>()
  const listening = listen({ url: 'postgres://127.0.0.1:1/none', channel: 'c', heard: () => {}, lost, retryMs: 60_000 })
  await eventually(() => expect(lost).toHaveBeenCalledTimes(1))
  await listening.close()
})

const anEvent = `insert into outbox (id, type, payload, actor) values (gen_random_uuid(), 'ConventionDeployed', '{}', 'user:a')`

function fail(error: Error): never {
  throw error
}
