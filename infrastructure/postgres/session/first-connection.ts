import type { Client } from 'pg'
import { singleClient } from './outlive.ts'
import { DatabaseSetupError } from './setup-error.ts'

/** The oldest major version with the features that the archive uses. */
const oldestSupported = 18

/** The first connection of a start. A failure becomes a sentence that says what is wrong. */
export async function firstConnection(url: string, name: string): Promise<Client> {
  const client = singleClient({ connectionString: url, application_name: name, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (cause) {
    throw new DatabaseSetupError(whyNot(cause, new URL(url)), { cause })
  }
  try {
    await refuseOlder(client)
    return client
  } catch (error) {
    await client.end()
    throw error
  }
}

async function refuseOlder(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
  )
  const [server] = rows
  if (server === undefined || Number(server.number) >= oldestSupported * 10_000) return
  throw new DatabaseSetupError(
    `DATABASE_URL names PostgreSQL ${server.version}, and Strata needs ${oldestSupported} or newer. Upgrade that server, or name a newer one in DATABASE_URL.`,
  )
}

function whyNot(fault: unknown, url: URL): string {
  const { code, message } = told(fault)
  const [user, database] = [
    decodeURIComponent(url.username) || 'the default user',
    decodeURIComponent(url.pathname.slice(1)) || 'the default database',
  ]
  switch (code) {
    case '3D000':
      return `PostgreSQL at ${url.host} has no database "${database}". Create it, or correct its name in DATABASE_URL.`
    case '28P01':
    case '28000':
      return `PostgreSQL at ${url.host} does not let "${user}" sign in (${message}). Correct the user or the password in DATABASE_URL.`
    case '42501':
      return `PostgreSQL at ${url.host} does not let "${user}" connect to the database "${database}" (${message}). Grant it that, or correct DATABASE_URL.`
    default:
      return `PostgreSQL at ${url.host} cannot be reached (${code ?? message}). Check that it runs, and the host and the port in DATABASE_URL.`
  }
}

/** The system tries several addresses of a host and wraps their errors. */
function told(fault: unknown): { code: string | undefined; message: string } {
  const first = fault instanceof AggregateError ? fault.errors[0] : fault
  if (!(first instanceof Error)) return { code: undefined, message: String(first) }
  return { code: 'code' in first && typeof first.code === 'string' ? first.code : undefined, message: first.message }
}

/** The start also needs the rights to create tables and schemas. */
export function missingRights(fault: unknown, url: string): DatabaseSetupError | undefined {
  for (let cause = fault; cause instanceof Error; cause = cause.cause) {
    if (!('code' in cause) || cause.code !== '42501') continue
    const { username, pathname } = new URL(url)
    const [user, database] = [decodeURIComponent(username), decodeURIComponent(pathname.slice(1))]
    return new DatabaseSetupError(
      `The role "${user}" of DATABASE_URL may not set up the database "${database}" (${cause.message}). Make it the owner: ALTER DATABASE "${database}" OWNER TO "${user}".`,
      { cause: fault },
    )
  }
  return undefined
}
