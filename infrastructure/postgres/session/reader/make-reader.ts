import type { Client } from 'pg'
import { DatabaseSetupError } from '../setup-error.ts'

/**
 * Creates the role in DATABASE_READ_URL and lets it connect, if the address differs from DATABASE_URL only in user and password and the
 * owner role may do so. Otherwise it does nothing, and the sign-in reports the problem.
 */
export async function makeReader(owner: Client, { url, readUrl }: { readonly url: string; readonly readUrl: string }): Promise<void> {
  const [own, read] = [new URL(url), new URL(readUrl)]
  const [role, password] = [decodeURIComponent(read.username), decodeURIComponent(read.password)]
  if (role === '' || placeIn(own) !== placeIn(read)) return
  const { exists, mayMake, isShutOut } = await standingOf(owner, role)
  const name = owner.escapeIdentifier(role)
  if (!exists && mayMake) {
    if (password === '')
      throw new DatabaseSetupError(`There is no role "${role}" yet, and creating it needs a password: put one into DATABASE_READ_URL.`)
    await owner.query(`create role ${name} login password ${owner.escapeLiteral(password)}`)
  }
  if (isShutOut) await owner.query(`grant connect on database ${owner.escapeIdentifier(owner.database ?? '')} to ${name}`)
}

interface Standing {
  readonly exists: boolean
  readonly mayMake: boolean
  /** The role exists and may not connect, but the current user can grant it that. */
  readonly isShutOut: boolean
}

async function standingOf(owner: Client, role: string): Promise<Standing> {
  const { rows } = await owner.query<Standing>(
    `select reader.oid is not null as exists, me.rolsuper or me.rolcreaterole as "mayMake",
       reader.oid is not null and not has_database_privilege(reader.oid, pg_database.oid, 'connect')
         and pg_has_role(me.oid, pg_database.datdba, 'usage') as "isShutOut"
     from pg_roles me join pg_database on datname = current_database() left join pg_roles reader on reader.rolname = $1
     where me.rolname = current_user`,
    [role],
  )
  const [standing] = rows
  if (standing === undefined) throw new Error('the database did not say who is signed in')
  return standing
}

function placeIn({ host, pathname, search }: URL): string {
  return `${host}${pathname}${search}`
}
