import { DatabaseError, escapeIdentifier } from 'pg'
import { databaseOf, withDatabase } from './database-address.ts'
import { execute } from './execute.ts'

/** `schema-engine cli <subcommand>`: what Prisma asks for before it starts the engine proper. Answers the exit code. */
export async function runSubcommand(name: string | undefined, url: string | undefined): Promise<number> {
  try {
    if (url === undefined) throw new Error('No database address was given: set DATABASE_URL.')
    if (name === 'can-connect-to-database') await execute(url, 'SELECT 1')
    else if (name === 'create-database') {
      await execute(withDatabase(url, 'postgres'), `CREATE DATABASE ${escapeIdentifier(databaseOf(url))}`)
    } else throw new Error(`The schema engine has no subcommand "${name ?? ''}".`)
    return 0
  } catch (error) {
    reportFailure(error, url)
    return 1
  }
}

/** One line of JSON on stderr, as Prisma's command line expects it from the native engine's log. */
function reportFailure(error: unknown, url: string | undefined): void {
  const missing = error instanceof DatabaseError && error.code === '3D000'
  const fields = {
    is_panic: false,
    error_code: missing ? 'P1003' : 'P1001',
    message: error instanceof Error ? error.message : String(error),
    meta: url === undefined ? {} : { database_name: databaseOf(url) },
  }
  process.stderr.write(`${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}\n`)
}
