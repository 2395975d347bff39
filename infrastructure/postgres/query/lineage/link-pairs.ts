import { rowKey, type LinkName } from '@strata/domain/provenance'
import { sql, type RawBuilder } from 'kysely'
import { isForkOf } from '../forked-versions.ts'
import { isCounting } from '../reading/counting-versions.ts'
import { isPublicBatch } from '../run-standing.ts'
import { byThen, deployedBy, type Moment } from './moment.ts'

/**
 * Each kind of link as a query of its ends, "from" and "to". The queries are simple enough for PostgreSQL to inline, so that it
 * looks up the given end in an index.
 */
export const pairsOf: { readonly [Name in LinkName]: (at: Moment) => RawBuilder<unknown> } = {
  'row-run': ({ row }) => (row ? sql`select ${rowKey(row)}::text as "from", ${row.run}::uuid as "to"` : none('text', 'uuid')),
  'row-record': ({ row }) => (row ? sql`select ${rowKey(row)}::text as "from", ${row.record}::uuid as "to"` : none('text', 'uuid')),
  'set-row': ({ row }) => (row ? sql`select ${row.run}::uuid as "from", ${rowKey(row)}::text as "to"` : none('uuid', 'text')),

  // Reproductions store no rows, so they have no feature set.
  'set-run': (at) => sql`
    select id as "from", id as "to" from hook_run
    where row_count > 0 and reproduces is null and committed_at is not null and ${byThen(at, 'committed_at')}`,
  'run-release': (at) => sql`select id as "from", release_id as "to" from hook_run where ${byThen(at, 'created_at')}`,
  // The submitter of a draft stays private until it is published.
  'run-agent': (at) => sql`
    select run.id as "from", run.actor as "to"
    from hook_run run join batch on batch.id = run.batch_id
    where ${isPublicBatch} and ${byThen(at, 'run.created_at')}`,
  // The last move before the run was created, if the run used the release that was live then.
  'run-pointer-event': (at) => sql`
    select run.id as "from", moved.id as "to"
    from hook_run run
    cross join lateral (
      select id, to_release_id from pointer_event where hook = run.hook and at <= run.created_at order by position desc limit 1
    ) moved
    where moved.to_release_id = run.release_id and ${byThen(at, 'run.created_at')}`,
  // It retries or reproduces another run, or retries another run's errors.
  'run-run': (at) => sql`
    select id as "from", retry_of as "to" from hook_run where retry_of is not null and ${byThen(at, 'created_at')}
    union all
    select id, reproduces from hook_run where reproduces is not null and ${byThen(at, 'created_at')}
    union all
    select run.id, batch.follows from hook_run run join batch on batch.id = run.batch_id
    where batch.follows is not null and ${byThen(at, 'run.created_at')}`,
  // An outcome may be for a candidate that never became a record.
  'run-record': (at) => sql`
    select outcome.run as "from", outcome.record as "to"
    from run_outcome outcome
    join record on record.id = outcome.record and ${byThen(at, 'record.published_at')}
    ${at.asOf === undefined ? sql`` : sql`join hook_run run on run.id = outcome.run and run.finished_at <= ${at.asOf}`}`,

  // All versions of a record share one source, whose key is the record's id.
  'record-source': (at) => sql`select id as "from", identity as "to" from record where ${byThen(at, 'published_at')}`,
  // Both conditions on the version let an index find either end.
  'record-revision': (at) => sql`
    select later.id as "from", before.id as "to"
    from record later
    join record before on before.identity = later.identity and before.version = later.version - 1 and later.version = before.version + 1
    where ${byThen(at, 'later.published_at')}`,
  'record-record': (at) => sql`
    select fork.id as "from", original.id as "to"
    from record fork join record original on ${isForkOf('fork', 'original', at.domain)}
    where ${byThen(at, 'fork.published_at')} and ${byThen(at, 'original.published_at')}`,
  'record-file': (at) => sql`
    select record_id as "from", digest as "to" from record_file
    ${at.asOf === undefined ? sql`` : sql`join record on record.id = record_id and published_at <= ${at.asOf}`}`,
  'record-agent': (at) => sql`select id as "from", published_by as "to" from record where ${byThen(at, 'published_at')}`,
  'record-schema': (at) =>
    sql`select id as "from", schema_id || '@' || schema_version as "to" from record where ${byThen(at, 'published_at')}`,
  // The members of a convention are the versions that count.
  'convention-record': (at) => sql`
    select convention as "from", id as "to" from record
    where ${byThen(at, 'published_at')} and ${isCounting(sql`record.id`, at.asOf)}`,
  'source-node': (at) => sql`
    select id as "from", source ->> 'sourceNode' as "to" from record
    where version = 1 and source ->> 'sourceNode' is not null and ${byThen(at, 'published_at')}`,

  'convention-schema': ({ asOf }) =>
    asOf === undefined
      ? sql`select convention as "from", schema_id || '@' || schema_version as "to" from convention_schema`
      : sql`
          select distinct convention as "from", schema_id || '@' || schema_version as "to" from convention_deployment
          where at <= ${asOf} and convention in (select slug from convention)`,
  'convention-hook': ({ asOf }) =>
    asOf === undefined
      ? sql`select convention as "from", hook as "to" from convention_hook`
      : sql`select convention as "from", unnest(hooks) as "to" from ${deployedBy(asOf)} deployed`,
  'convention-agent': ({ asOf }) =>
    asOf === undefined
      ? sql`select slug as "from", updated_by as "to" from convention`
      : sql`select convention as "from", actor as "to" from ${deployedBy(asOf)} deployed`,
  'schema-agent': (at) =>
    sql`select id || '@' || version as "from", created_by as "to" from schema_version where ${byThen(at, 'created_at')}`,

  'release-hook': (at) => sql`select id as "from", hook as "to" from hook_release where ${byThen(at, 'built_at')}`,
  'release-agent': (at) => sql`select id as "from", built_by as "to" from hook_release where ${byThen(at, 'built_at')}`,
  'pointer-event-release': (at) => sql`select id as "from", to_release_id as "to" from pointer_event where ${byThen(at, 'at')}`,
  'pointer-event-agent': (at) => sql`select id as "from", actor as "to" from pointer_event where ${byThen(at, 'at')}`,
}

function none(from: 'text' | 'uuid', to: 'text' | 'uuid'): RawBuilder<unknown> {
  return sql`select null::${sql.raw(from)} as "from", null::${sql.raw(to)} as "to" where false`
}
