import type { DepositionId } from '@strata/domain/deposition'
import type { Caller } from '@strata/domain/identity'
import { expect } from 'vitest'
import { useCasesOn } from '../support/use-cases.ts'
import type { openRuns } from './open-runs.ts'
import { eventually } from '../support/eventually.ts'

const alice: Caller = { kind: 'USER', subject: 'alice', roles: ['DEPOSITOR'], scopes: [] }
const carol: Caller = { kind: 'USER', subject: 'carol', roles: ['CURATOR'], scopes: [] }

/** Depositions of numbers, in an archive whose runs a test looks at. */
export function depositsIn({ database, config, rows }: Awaited<ReturnType<typeof openRuns>>) {
  const { as } = useCasesOn(database, config)
  const [depositor, curator] = [as(alice), as(carol)]

  async function see(id: string): Promise<DepositionRow> {
    const [row] = await rows('select status, findings, candidate, record_id from deposition where id = $1', [id])
    return row
  }

  return {
    see,
    /** A number that somebody submits; the deposition's id. */
    async submitted(n: number): Promise<DepositionId> {
      const { id } = await depositor.createDeposition({ convention: 'numbers', metadata: { n } })
      await depositor.submitDeposition(id)
      return id
    },
    submit: depositor.submitDeposition,
    withdraw: depositor.withdrawDeposition,
    approve: curator.approveDeposition,
    async until(id: string, status: string): Promise<DepositionRow> {
      await eventually(async () => expect(await see(id)).toMatchObject({ status }))
      return see(id)
    },
    /** Until every event so far has taken effect. */
    async settled(): Promise<void> {
      await eventually(async () => expect(await rows('select type from outbox where handled_at is null')).toEqual([]))
    },
  }
}

interface DepositionRow {
  readonly status: string
  readonly findings: readonly { readonly hook: string; readonly kind: string; readonly message: string }[]
  readonly candidate: string | null
  readonly record_id: string | null
}
