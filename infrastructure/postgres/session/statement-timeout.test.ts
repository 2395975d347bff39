import { expect, test } from 'vitest'
import { createEmptyDatabase } from '../../../test/support/index.ts'
import { openDatabase } from './connection.ts'
import { transaction } from './transaction.ts'

test('a statement ends at its time, a transaction has a longer one, and the shorter one holds again after it', async () => {
  await using empty = await createEmptyDatabase()
  const database = openDatabase({ url: empty.url, poolSize: 1, name: 'test', statementTimeouts: { query: 200, transaction: 5_000 } })
  try {
    const sleep = 'select pg_sleep(0.5)'
    await expect(database.pool.query(sleep)).rejects.toMatchObject({ code: '57014' })
    await transaction(database, (tx) => tx.client.query(sleep))
    await expect(database.pool.query(sleep)).rejects.toMatchObject({ code: '57014' })
  } finally {
    await database.close()
  }
})
