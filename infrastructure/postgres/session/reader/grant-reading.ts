import type { Client } from 'pg'
import { readable, readableColumns, type Readable } from './readable.ts'

/**
 * Makes a role's grants exactly those that are needed: grants what is readable, and revokes earlier grants on other tables. Idempotent,
 * so it runs after every migration. Default privileges of `owner`, the role that creates tables, cover tables created
 * later.
 */
export async function grantReading(owner: Client, role: string, what: Readable = readable): Promise<void> {
  const name = owner.escapeIdentifier(role)
  const statements = async (query: string) => {
    const { rows } = await owner.query<{ statement: string }>(query, [role, ...valuesOf(what)])
    return rows.map(({ statement }) => `${statement} ${name}`)
  }
  if ((await statements(surplus)).length + (await statements(missing)).length === 0) return

  await owner.query('begin')
  try {
    // A deploy writes its convention before it creates tables. This lock waits for running deploys; later ones use the default privileges.
    await owner.query('lock table public.convention in share mode')
    for (const query of [surplus, missing]) for (const statement of await statements(query)) await owner.query(statement)
    await owner.query('commit')
  } catch (fault) {
    await owner.query('rollback')
    throw fault
  }
}

function valuesOf(what: Readable): unknown[] {
  const { tables, columns } = readableColumns(what)
  return [what.schemas, what.tables, tables, columns, what.functions]
}

const wanted = `
  with readable_schema as (select oid, nspname from pg_namespace where nspname = any($2::text[])),
  readable_table as (select oid from pg_class where relnamespace = 'public'::regnamespace and relname = any($3::text[])),
  readable_column as (
    select attrelid, attnum, relname, attname from unnest($4::text[], $5::text[]) as given ("table", "column")
    join pg_class on relnamespace = 'public'::regnamespace and relname = "table"
    join pg_attribute on attrelid = pg_class.oid and attname = "column" and not attisdropped
  ),
  readable_function as (select ('public.' || signature)::regprocedure as signature from unnest($6::text[]) as given (signature)),
  reader as (select oid from pg_roles where rolname = $1)`

/** Each statement ends where the role's name is appended. */
const missing = `${wanted}
  select format('grant usage on schema %I to', nspname) as statement from pg_namespace
  where (nspname = 'public' or oid in (select oid from readable_schema)) and not has_schema_privilege($1::name, oid, 'usage')
  union all
  select format('alter default privileges in schema %I grant select on tables to', nspname) from readable_schema
  where not exists (
    select from pg_default_acl, aclexplode(defaclacl) as granted
    where defaclrole = current_user::regrole and defaclnamespace = readable_schema.oid and defaclobjtype = 'r'
      and granted.grantee = (select oid from reader) and granted.privilege_type = 'SELECT'
  )
  union all
  select format('grant select on table %s to', pg_class.oid::regclass) from pg_class
  where (relnamespace in (select oid from readable_schema) and relkind in ('r', 'p', 'v', 'm') or oid in (select oid from readable_table))
    and not has_table_privilege($1::name, oid, 'select')
  union all
  select format('grant select (%s) on table public.%I to', string_agg(format('%I', attname), ', '), relname) from readable_column
  where not has_column_privilege($1::name, attrelid, attnum, 'select')
  group by relname
  union all
  select format('grant execute on function %s to', signature) from readable_function
  where not has_function_privilege($1::name, signature, 'execute')
  union all
  select format('grant connect on database %I to', current_database()) where not has_database_privilege($1::name, current_database(), 'connect')`

/** Grants of the role that are not needed, and rights of PUBLIC: temporary tables and, if a superuser runs this, large objects etc. */
const surplus = `${wanted}
  select format('revoke select on table %s from', pg_class.oid::regclass) as statement
  from pg_class, aclexplode(relacl) as granted
  where relnamespace = 'public'::regnamespace and granted.grantee = (select oid from reader) and granted.privilege_type = 'SELECT'
    and pg_class.oid not in (select oid from readable_table)
  union all
  select format('revoke select (%I) on table %s from', attname, attrelid::regclass)
  from pg_attribute join pg_class on pg_class.oid = attrelid, aclexplode(attacl) as granted
  where relnamespace = 'public'::regnamespace and granted.grantee = (select oid from reader) and granted.privilege_type = 'SELECT'
    and attrelid not in (select oid from readable_table) and (attrelid, attnum) not in (select attrelid, attnum from readable_column)
  union all
  -- Functions with their owner's rights are executable only for roles that were granted it; a restore without grants loses that.
  select format('revoke execute on function %s from public,', signature) from readable_function join pg_proc on pg_proc.oid = signature
  where prosecdef and (proacl is null or exists (select from aclexplode(proacl) as granted where granted.grantee = 0))
  union all
  select format('revoke temporary on database %I from public,', current_database())
  from pg_database where datname = current_database() and pg_has_role(current_user, datdba, 'usage')
    and has_database_privilege($1::name, current_database(), 'temporary')
  union all
  select format('revoke execute on function %s from public,', pg_proc.oid::regprocedure)
  from pg_proc join pg_roles on rolname = current_user and rolsuper
  where pronamespace = 'pg_catalog'::regnamespace and proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'pg_logical_emit_message')
    and has_function_privilege($1::name, pg_proc.oid, 'execute')`
