import { NotReady, type WatchedPart } from '@strata/domain/shared'
import type { Database } from './connection.ts'
import type { EmbeddedPostgres } from './embedded/start.ts'

/** Whether the database answers. For an embedded server, also reports its restarts. */
export function databasePart(name: string, { pool }: Pick<Database, 'pool'>, own?: Pick<EmbeddedPostgres, 'health'>): WatchedPart {
  return {
    name,
    async check() {
      const health = own?.health()
      if (health?.runs === false) throw new NotReady(health.detail)
      await pool.query('select 1')
      return health?.detail
    },
  }
}
