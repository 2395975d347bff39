import type { Client } from 'pg'
import { DatabaseSetupError } from '../setup-error.ts'
import { readable, readableColumns } from './readable.ts'

/** Refuses a role that may change anything, directly or as a role that it can assume. */
export async function refuseWriting(reader: Client, role: string): Promise<void> {
  refuse(role, await found(reader, writing), 'Use a separate role for reading')
}

/** Refuses a role that may read private data without a direct grant, because only direct grants can be revoked from it. */
export async function refuseReadingMore(reader: Client, role: string): Promise<void> {
  const { tables, columns } = readableColumns()
  const readablePairs = columns.map((column, i) => `${tables[i]}.${column}`)
  refuse(
    role,
    await found(reader, readingMore, [readable.tables, readablePairs]),
    'Revoke that from PUBLIC, or from the roles that it is a member of',
  )
}

/** Refuses a role that cannot read something that queries on data need, if the owner role could not grant it. */
export async function refuseReadingLess(reader: Client, role: string): Promise<void> {
  const { tables, columns } = readableColumns()
  const lacking = await found(reader, readingLess, [readable.schemas, readable.tables, tables, columns, readable.functions])
  if (lacking.length === 0) return
  throw new DatabaseSetupError(
    `The role of DATABASE_READ_URL, "${role}", may not read ${told(lacking)}; and the role of DATABASE_URL, which grants that at ` +
      'every start, could not. DATABASE_URL must sign in as the role that owns the archive’s tables.',
  )
}

async function found(reader: Client, query: string, values: unknown[] = []): Promise<readonly string[]> {
  const { rows } = await reader.query<{ found: string }>(query, values)
  return rows.map((row) => row.found)
}

function refuse(role: string, may: readonly string[], advice: string): void {
  if (may.length === 0) return
  throw new DatabaseSetupError(
    `The role of DATABASE_READ_URL, "${role}", may do more than reading needs: it ${told(may)}. ${advice}; docs/database.md says how.`,
  )
}

function told(all: readonly string[]): string {
  const mostTold = 5
  const some = all.slice(0, mostTold).join(', ')
  return all.length > mostTold ? `${some} and ${all.length - mostTold} more` : some
}

/** The roles that it is or can assume. A superuser is a member of every role, so that fact alone is reported. */
const rolesAndRelations = `
  with me as (select oid, rolsuper from pg_roles where rolname = current_user),
  taken_on as (select pg_roles.* from pg_roles, me where not me.rolsuper and pg_has_role(me.oid, pg_roles.oid, 'member')),
  relation as (
    select pg_class.oid, nspname, relname, relkind from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname !~ '^pg_' and nspname <> 'information_schema' and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      -- An extension's are the extension's.
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
  )`

/** PostgreSQL's predefined roles can access files, programs and all tables; their ids are below the range for users. */
const writing = `${rolesAndRelations}, finding (rank, found) as (
    select 1, 'is a superuser' from me where rolsuper
    union all
    select 2, format('can make roles or databases, or copy them, as %I', rolname) from taken_on
    where rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
    union all
    select 3, format('can act as %I', rolname) from taken_on where oid < 16384 and rolname ~ '^pg_'
    union all
    select 4, format('can make schemas in the database %I', current_database()) from taken_on
    where has_database_privilege(taken_on.oid, current_database(), 'create')
    union all
    select 5, format('can make tables in the schema %I', nspname) from pg_namespace, taken_on
    where nspname !~ '^pg_' and has_schema_privilege(taken_on.oid, pg_namespace.oid, 'create')
    union all
    select 6, format('can write to %I.%I', nspname, relname) from relation, taken_on
    where case relkind
      when 'S' then has_sequence_privilege(taken_on.oid, relation.oid, 'usage, update')
      else has_table_privilege(taken_on.oid, relation.oid, 'insert, update, delete, truncate, references, trigger, maintain')
        or has_any_column_privilege(taken_on.oid, relation.oid, 'insert, update, references')
    end
  )
  select found from finding group by rank, found order by rank, found`

const readingMore = `${rolesAndRelations}
  select distinct format('can read %I.%I', nspname, relname) as found from relation, taken_on
  where nspname in ('public', 'bullmq') and relkind <> 'S' and not (nspname = 'public' and relname = any($1::text[]))
    and has_schema_privilege(taken_on.oid, nspname, 'usage')
    and exists (
      select from pg_attribute
      where attrelid = relation.oid and attnum > 0 and not attisdropped and relname || '.' || attname <> all($2::text[])
        and has_column_privilege(taken_on.oid, relation.oid, attnum, 'select')
    )
  order by found`

const readingLess = `
  select format('schema %I', name) as found from unnest($1::text[] || 'public'::text) as given (name)
  where has_schema_privilege(to_regnamespace(quote_ident(name)), 'usage') is not true
  union all
  select format('%I.%I', nspname, relname) from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where nspname = any($1::text[]) and relkind in ('r', 'p', 'v', 'm') and not has_table_privilege(pg_class.oid, 'select')
  union all
  select format('public.%I', name) from unnest($2::text[]) as given (name)
  where has_table_privilege(to_regclass(format('public.%I', name)), 'select') is not true
  union all
  select format('%I of public.%I', "column", "table") from unnest($3::text[], $4::text[]) as given ("table", "column")
  where has_column_privilege(to_regclass(format('public.%I', "table")), "column", 'select') is not true
  union all
  select format('public.%s', signature) from unnest($5::text[]) as given (signature)
  where has_function_privilege(to_regprocedure('public.' || signature), 'execute') is not true`
