import type { Client } from 'pg'

/**
 * Sets defaults for all sessions of the role in this database. Sessions can override them; the grants are the actual protection. Every
 * role may set its own defaults.
 */
export async function setReaderDefaults(reader: Client): Promise<void> {
  const { rows } = await reader.query<{ database: string; set: boolean }>(
    `select current_database() as database, exists (
       select from pg_db_role_setting
       where setrole = current_user::regrole and setdatabase = (select oid from pg_database where datname = current_database())
         and setconfig @> $1::text[]
     ) as set`,
    [Object.entries(defaults).map(([name, value]) => `${name}=${value}`)],
  )
  const [now] = rows
  if (now === undefined || now.set) return
  await reader.query('begin read write')
  for (const [name, value] of Object.entries(defaults)) {
    await reader.query(
      `alter role current_user in database ${reader.escapeIdentifier(now.database)} set ${name} = ${reader.escapeLiteral(value)}`,
    )
  }
  await reader.query('commit')
}

/** The services set their own statement timeouts. */
const defaults = {
  default_transaction_read_only: 'on',
  statement_timeout: '60s',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '60s',
}
