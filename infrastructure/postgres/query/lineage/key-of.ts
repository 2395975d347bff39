import type { ProvenanceKind } from '@strata/domain/provenance'
import type { RecordId } from '@strata/domain/record'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely } from 'kysely'
import { recordNames } from '../record-names.ts'
import { byThen, type Moment } from './moment.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Three kinds have names that are not their keys, and two are no rows of a table but what rows speak of; of all others the
 * name is the key.
 */
export async function keyOf(kysely: Kysely<DB>, kind: ProvenanceKind, name: string, at: Moment): Promise<string | undefined> {
  if (kind === 'RELEASE' && !uuid.test(name)) return releaseCalled(kysely, name)
  if (kind === 'RECORD' && !uuid.test(name)) return recordVersion(kysely, name)
  if (kind === 'SOURCE') return recordFrom(kysely, name)
  if (kind === 'AGENT') return (await hasActed(kysely, name, at)) ? name : undefined
  if (kind === 'NODE') return (await isSource(kysely, name, at)) ? name : undefined
  return name
}

async function releaseCalled(kysely: Kysely<DB>, name: string): Promise<string | undefined> {
  const [hook = '', version] = name.split('/')
  const row = await kysely
    .selectFrom('hook_release')
    .select('id')
    .where('hook', '=', hook)
    .where('version', '=', Number(version))
    .executeTakeFirst()
  return row?.id
}

async function recordVersion(kysely: Kysely<DB>, name: string): Promise<string | undefined> {
  const [identity = '', version = ''] = name.split('@')
  const [id] = await recordNames({ kysely }).idsOf([
    { identity: identity as RecordId, version: version === '' ? undefined : Number(version) },
  ])
  return id
}

/** The source is stored with the record's first version, and its key is the record's id. */
async function recordFrom(kysely: Kysely<DB>, name: string): Promise<string | undefined> {
  const [convention, type] = name.split('/', 2)
  const id = name.slice(`${convention}/${type}/`.length)
  const { rows } = await sql<{ id: string }>`
    select id from record
    where convention = ${convention} and source ->> 'type' = ${type} and source ->> 'id' = ${id} and version = 1`.execute(kysely)
  return rows[0]?.id
}

/**
 * Whether an actor exists. All actors of changes are in the audit log, which the reader role may ask only this question. Actions of
 * the archive itself are recorded with their results instead.
 */
async function hasActed(kysely: Kysely<DB>, actor: string, at: Moment): Promise<boolean> {
  const { rows } = await sql<{ acted: boolean }>`
    select has_changed_anything(${actor}, ${at.asOf ?? null}::timestamptz)
      or exists (select from hook_release where built_by = ${actor} and ${byThen(at, 'built_at')})
      or exists (select from pointer_event where actor = ${actor} and ${byThen(at, 'at')})
      or exists (select from convention where updated_by = ${actor} and ${byThen(at, 'updated_at')})
      or exists (select from schema_version where created_by = ${actor} and ${byThen(at, 'created_at')}) as acted`.execute(kysely)
  return rows[0]?.acted ?? false
}

async function isSource(kysely: Kysely<DB>, domain: string, at: Moment): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (
      select from record where source ->> 'sourceNode' = ${domain} and ${byThen(at, 'published_at')}
    ) as known`.execute(kysely)
  return rows[0]?.known ?? false
}
