import type { CandidateId } from '@strata/domain/record'
import type { CandidateStore, WhichCandidates } from '@strata/domain/run'
import type { Slug } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { standingsOf } from './candidate-standing.ts'
import { dropReferences } from './file-reference.ts'

export function candidateStore({ kysely }: Pick<Transaction, 'kysely'>): CandidateStore {
  return {
    async insert({ convention, schema, candidates }) {
      await sql`
        insert into candidate (id, convention, schema_id, schema_version, metadata)
        select id, ${convention}, ${schema.id}, ${schema.version}, metadata
        from unnest(
          ${candidates.map(({ id }) => id)}::uuid[],
          ${candidates.map(({ metadata }) => JSON.stringify(metadata))}::jsonb[]
        ) as candidate (id, metadata)`.execute(kysely)
      const files = candidates.flatMap((candidate) =>
        candidate.files.map((file, position) => ({ ...file, position, candidate: candidate.id })),
      )
      const digests = files.map(({ digest }) => digest)
      if (files.length === 0) return
      await sql`
        insert into candidate_file (candidate_id, name, digest, size, position)
        select * from unnest(
          ${files.map(({ candidate }) => candidate)}::uuid[],
          ${files.map(({ name }) => name)}::text[],
          ${digests}::text[],
          ${files.map(({ size }) => String(size))}::bigint[],
          ${files.map(({ position }) => position)}::int[]
        )`.execute(kysely)
      await sql`update file set referenced_at = now() where digest = any(${digests}::text[]) and referenced_at is null`.execute(kysely)
    },

    async claim(which) {
      const { rows } = await sql<{ id: CandidateId; convention: Slug }>`
        select id, convention from candidate
        where decided_at is null and ${isAmong(which)}
        order by id
        for update`.execute(kysely)
      const standings = await standingsOf(
        kysely,
        rows.map(({ id }) => id),
      )
      return rows.flatMap(({ id, convention }) => {
        const found = standings.get(id)
        return found === undefined ? [] : [{ id, convention, ...found }]
      })
    },

    async decide(candidates, decision) {
      if (candidates.length === 0) return
      await sql`
        update candidate set decided_at = clock_timestamp(), decision = ${decision}::candidate_decision
        where id = any(${candidates}::uuid[]) and decided_at is null`.execute(kysely)
      const { rows } = await sql<{ digest: string }>`
        select digest from candidate_file where candidate_id = any(${candidates}::uuid[])`.execute(kysely)
      await dropReferences(
        kysely,
        rows.map(({ digest }) => digest),
      )
    },

    async idleRuns(candidate) {
      const { rows } = await sql<{ id: string }>`
        select run.id
        from batch join hook_run run on run.batch_id = batch.id
        where batch.candidates and batch.record_ids @> array[${candidate}]::uuid[] and run.status in ('QUEUED', 'RUNNING')
          and not exists (select from candidate where candidate.id = any(batch.record_ids) and candidate.decided_at is null)
        order by run.id
        for update of run`.execute(kysely)
      return rows.map(({ id }) => id)
    },
  }
}

function isAmong(which: WhichCandidates) {
  if ('candidate' in which) return sql`id = ${which.candidate}`
  if ('convention' in which) return sql`convention = ${which.convention}`
  if ('run' in which) {
    return sql`id in (
      select unnest(batch.record_ids) from hook_run run join batch on batch.id = run.batch_id and batch.candidates
      where run.id = ${which.run})`
  }
  return sql`exists (
    select from batch join hook_run run on run.batch_id = batch.id and run.hook = ${which.hook}
    where batch.candidates and batch.record_ids @> array[candidate.id])`
}
