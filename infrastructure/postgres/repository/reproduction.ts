import {
  contractColumns,
  type FirstOutcome,
  type HeldRun,
  type Outcome,
  type ReproducedRun,
  type ReproducibleRuns,
  type ReproductionStore,
  type UnequalRow,
} from '@strata/domain/run'
import type { Digest, HookName, Slug } from '@strata/domain/shared'
import { sql } from 'kysely'
import { noteTarget } from '../session/current-change.ts'
import type { Transaction } from '../session/transaction.ts'
import { copyRows } from '../store/feature-rows.ts'
import { isUuid } from '../mappers/backfill.ts'
import { toRelease } from '../mappers/registry.ts'

export function reproducibleRuns({ prisma }: Pick<Transaction, 'prisma'>): ReproducibleRuns {
  return {
    async find(id) {
      if (!isUuid(id)) return undefined
      const row = await prisma.hookRun.findUnique({ where: { id }, include: { release: true, batch: true } })
      if (row === null) return undefined
      noteTarget(`hook:${row.hook}`)
      const records = await prisma.record.count({ where: { id: { in: row.batch.recordIds } } })
      return {
        ...toReproduced(row, row.batch.recordIds),
        hook: row.hook as HookName,
        convention: row.convention as Slug,
        releaseId: row.releaseId,
        limits: toRelease(row.release).runtime.limits,
        isPublished: records === row.batch.recordIds.length,
      }
    },
  }
}

interface RunRow extends Pick<ReproducedRun, 'id' | 'status'> {
  readonly reproduces: string | null
  readonly inputDigest: string | null
}

function toReproduced({ id, status, reproduces, inputDigest }: RunRow, recordIds: readonly string[]): ReproducedRun {
  return {
    id,
    status,
    recordIds,
    ...(reproduces === null ? {} : { reproduces }),
    ...(inputDigest === null ? {} : { inputDigest: inputDigest as Digest }),
  }
}

/** A temporary table, which is dropped with its transaction. */
const aside = sql.id('pg_temp', 'reproduced')

export function reproductionStore({ kysely, prisma, client }: Transaction): ReproductionStore {
  return {
    async load(run, staged) {
      await sql`create temporary table reproduced (like ${sql.id('features', run.hook)}) on commit drop`.execute(kysely)
      return copyRows(client, 'pg_temp.reproduced', run.feature, staged)
    },

    async first(run) {
      const row = await prisma.hookRun.findUniqueOrThrow({ where: { id: run }, include: { batch: true } })
      return toReproduced(row, row.batch.recordIds)
    },

    async outcomesOf(run, records) {
      const rows = await prisma.runOutcome.findMany({ where: { run, record: { in: [...records] } } })
      return rows.map((row): FirstOutcome => ({
        record: row.record,
        outcome: toOutcome(row),
        rows: row.rowCount,
        isKept: row.wonAt !== null,
      }))
    },

    async countRows(records) {
      const { rows } = await sql<{ count: bigint }>`
        select count(*) from ${aside} where _record = any(${records}::uuid[])`.execute(kysely)
      return Number(rows[0]?.count ?? 0)
    },

    async *unequalRows({ first, run, records }) {
      await sql`declare unequal no scroll cursor for ${unequal(run, first, records)}`.execute(kysely)
      for (;;) {
        const { rows } = await sql<UnequalRow>`fetch 1000 from unequal`.execute(kysely)
        if (rows.length === 0) break
        yield rows
      }
      await sql`close unequal`.execute(kysely)
    },

    async add(run, { sample, examples, ...comparison }) {
      await prisma.reproduction.create({
        data: { ...comparison, run, sample: sample ?? null, examples: examples.map((example) => ({ ...example })) },
      })
    },
  }
}

/**
 * As texts, which differ whenever values do: numbers are printed with all their digits. The names of the two sides begin with an underscore,
 * as no column of a hook does: a column with the name of a side would be taken for its whole row.
 */
function unequal({ hook, feature }: HeldRun, first: string, records: readonly string[]) {
  const texts = (alias: string) => sql.join(contractColumns(feature).map(({ name }) => sql`${sql.id(alias, name)}::text`))
  const columns = ['_run', '_record', '_ordinal', '_version']
  return sql`
    select _record as record, _ordinal as ordinal, to_jsonb(_first) - ${columns}::text[] as before, to_jsonb(_again) - ${columns}::text[] as after
    from (select * from ${sql.id('features', hook)} where _run = ${first} and _record = any(${records}::uuid[])) as _first
    full join (select * from ${aside} where _record = any(${records}::uuid[])) as _again using (_record, _ordinal)
    where _first._run is null or _again._run is null or row(${texts('_first')}) is distinct from row(${texts('_again')})
    order by _record, _ordinal`
}

function toOutcome({ status, reason, retryable }: { status: Outcome['status']; reason: string | null; retryable: boolean }): Outcome {
  switch (status) {
    case 'PASSED':
    case 'EMPTY':
      return { status }
    case 'REJECTED':
      return { status, reason: reason ?? '' }
    case 'ERRORED':
      return { status, reason: reason ?? '', retryable }
    default:
      return status satisfies never
  }
}
