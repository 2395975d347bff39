import type { FeatureSpec } from '@strata/domain/registry'
import { contractColumns, type OutcomeStatus, type RunJson } from '@strata/domain/run'
import type { Digest } from '@strata/domain/shared'
import type { DerivedRows, RunOfOutputs, VerifiedOutputs } from '@strata/domain/verification'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from '../../session/connection.ts'
import { transaction } from '../../session/transaction.ts'
import { copyLines } from '../../store/copy-line.ts'
import { measure, selected, type Universe } from './selection.ts'

/** Runs with results whose files are all stored. */
const universe: Universe = {
  id: sql`hook_run.id`,
  from: sql`hook_run`,
  where: sql`hook_run.finished_at is not null and hook_run.reproduces is null and jsonb_path_exists(hook_run.run_json, '$.outputs[*]')
    and to_regclass(format('features.%I', hook_run.hook)) is not null
    and not exists (
      select from jsonb_path_query(hook_run.run_json, '$.outputs[*]') output
      where not exists (select from run_file where run = hook_run.id and run_file.name = (output ->> 'attempt') || '/' || (output ->> 'file'))
    )`,
}

export function verifiedOutputs(database: Database): VerifiedOutputs {
  const { kysely } = database
  return {
    measure: (seed, sample) => measure(database, universe, seed, sample),

    async page(after, limit, selection) {
      const { rows } = await sql<{
        id: string
        hook: string
        version: number
        feature: FeatureSpec
        run_json: RunJson
        kept: Readonly<Record<string, Digest>>
        outcomes: readonly [string, OutcomeStatus, number, boolean][]
      }>`
        select hook_run.id, hook_run.hook, version, feature, run_json,
          (select jsonb_object_agg(name, digest) from run_file where run = hook_run.id) as kept,
          (select jsonb_agg(jsonb_build_array(record, status, row_count, won_at is not null)) from run_outcome where run = hook_run.id) as outcomes
        from hook_run join hook_release on hook_release.id = release_id join hook on hook.name = hook_run.hook
        where ${after === undefined ? sql`true` : sql`hook_run.id > ${after}`} and ${universe.where} and ${selected(universe.id, selection)}
        order by hook_run.id limit ${limit}`.execute(kysely)
      return rows.map(({ run_json, kept, outcomes, ...run }): RunOfOutputs => ({
        ...run,
        // The check of runs reports an invalid run.json.
        outputs: Array.isArray(run_json.outputs) ? run_json.outputs : [],
        completeAttempts: (Array.isArray(run_json.attempts) ? run_json.attempts : [])
          .filter(({ failure }) => failure === undefined)
          .map(({ number }) => number),
        kept: new Map(Object.entries(kept ?? {})),
        outcomes: new Map((outcomes ?? []).map(([record, status, count, isKept]) => [record, { status, rows: count, isKept }])),
      }))
    },

    compare: (run, derived) =>
      transaction(database, async (tx) => {
        await sql`create temporary table derived (like ${sql.id('features', run.hook)}) on commit drop`.execute(tx.kysely)
        const columns = ['_run', '_version', '_record', '_ordinal', ...contractColumns(run.feature).map(({ name }) => name)]
        const statement = `copy pg_temp.derived (${columns.map((name) => tx.client.escapeIdentifier(name)).join(', ')}) from stdin`
        await pipeline(Readable.from(lines(run, derived), { objectMode: false }), tx.client.query(copyFrom(statement)))
        await sql`analyze pg_temp.derived`.execute(tx.kysely)
        const texts = (alias: string) => sql.join(contractColumns(run.feature).map(({ name }) => sql`${sql.id(alias, name)}::text`))
        const { rows } = await sql<{ different: number; record: string | null; ordinal: number | null }>`
          select count(*)::float8 as different, (array_agg(_record order by _record, _ordinal))[1] as record, (array_agg(_ordinal order by _record, _ordinal))[1] as ordinal
          from (
            select _record, _ordinal from (select * from ${sql.id('features', run.hook)} where _run = ${run.id}) made
            full join pg_temp.derived derived using (_record, _ordinal)
            where made._run is null or derived._run is null or row(${texts('made')}) is distinct from row(${texts('derived')})
            limit 100000
          ) unequal`.execute(tx.kysely)
        const [found] = rows
        const example = found?.record == null ? undefined : { record: found.record, ordinal: found.ordinal ?? 0 }
        return { different: found?.different ?? 0, example }
      }),
  }
}

/** In COPY's text format, a few hundred rows of a record at a time. */
async function* lines(run: RunOfOutputs, derived: AsyncIterable<DerivedRows>): AsyncGenerator<string> {
  const encode = copyLines(contractColumns(run.feature).map(({ type }) => type))
  for await (const { record, rows } of derived) {
    for (let i = 0; i < rows.length; i += 512) yield encode({ run: run.id, version: run.version }, record, rows.slice(i, i + 512), i)
  }
}
