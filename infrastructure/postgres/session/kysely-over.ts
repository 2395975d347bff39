import type { DB } from '@strata/prisma/tables'
import { Kysely, PostgresDialect, PostgresDriver, type Driver, type PostgresPool } from 'kysely'
import type pg from 'pg'

/** Kysely on a connection that is already in a transaction. */
export function kyselyOver(client: pg.ClientBase): Kysely<DB> {
  return new Kysely<DB>({ dialect: new OneConnectionDialect(client) })
}

class OneConnectionDialect extends PostgresDialect {
  readonly #pool: PostgresPool

  constructor(client: pg.ClientBase) {
    const pool = { connect: async () => ({ query: client.query, release() {} }), end: async () => {}, options: {} }
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): Driver {
    return new EnclosedDriver({ pool: this.#pool })
  }
}

/** A nested transaction would commit the outer one. */
class EnclosedDriver extends PostgresDriver {
  override async beginTransaction(): Promise<void> {
    throw new Error('This is a transaction already; only transaction() begins and ends one.')
  }
}
