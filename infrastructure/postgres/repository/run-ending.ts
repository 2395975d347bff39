import type { HeldRun, RunEndings, RunJson } from '@strata/domain/run'
import type { FeatureSpec } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { addOutcomes } from '../store/run-outcomes.ts'
import { toRelease } from '../mappers/registry.ts'

export function runEndings(tx: Transaction): RunEndings {
  return {
    async hold({ run, token }) {
      const { rows } = await sql`
        select from hook_run where id = ${run} and lease_token = ${token} and status = 'RUNNING' for update`.execute(tx.kysely)
      return rows.length === 0 ? undefined : heldRun(tx, run)
    },

    addOutcomes: (run, outcomes) => addOutcomes(tx, run, outcomes),

    async end(run, runJson) {
      const { counts, failure } = runJson
      await sql`
        update hook_run
        set status = ${runJson.status}::run_status, lease_token = null, lease_expires_at = null,
          passed_count = ${counts.passed}, empty_count = ${counts.empty}, rejected_count = ${counts.rejected},
          errored_count = ${counts.errored}, row_count = ${counts.rows}, oom_retries = ${runJson.oomRetries},
          input_digest = ${runJson.inputDigest}, output_digest = ${runJson.outputDigest}, run_json = ${JSON.stringify(runJson)},
          failure_kind = ${failure?.kind ?? null}, failure_message = ${failure?.message ?? null},
          finished_at = clock_timestamp(), committed_at = clock_timestamp()
        where id = ${run.id}`.execute(tx.kysely)
    },
  }
}

async function heldRun({ prisma }: Transaction, id: string): Promise<HeldRun> {
  const row = await prisma.hookRun.findUniqueOrThrow({
    where: { id },
    include: { batch: true, release: { include: { hookRow: true } } },
  })
  const { batch } = row
  const release = toRelease(row.release)
  return {
    id,
    hook: row.hook as HookName,
    convention: row.convention as Slug,
    priority: row.priority,
    feature: row.release.hookRow.feature as unknown as FeatureSpec,
    candidates: batch.candidates,
    round: batch.round,
    origin: { actor: row.actor, requestId: row.requestId ?? undefined },
    limits: release.runtime.limits,
    isYanked: release.state === 'YANKED',
    isCancelled: row.cancelledAt !== null,
    reproduces: row.reproduces ?? undefined,
    expected: {
      run: id,
      batch: batch.id,
      hook: row.hook,
      release: { id: release.id, version: release.version, sourceRef: release.sourceRef },
      runtime: runtimeOf(release.runtime),
      recordIds: batch.recordIds,
    },
  }
}

/** A release's runtime in the form of run.json. */
function runtimeOf(runtime: ReturnType<typeof toRelease>['runtime']): RunJson['runtime'] {
  const { type, digest, config } = runtime
  return runtime.type === 'oci' ? { type, image: runtime.image, digest, config } : { type, digest, config }
}
