import {
  createDeposition,
  reviewDeposition,
  submitDeposition,
  withdrawDeposition,
  type DepositionId,
  type DepositionPorts,
} from '@strata/domain/deposition'
import type { Caller } from '@strata/domain/identity'
import { publishRecords } from '@strata/domain/record'
import * as postgres from '@strata/infrastructure/postgres'
import { expect } from 'vitest'
import type { openRuns } from './open-runs.ts'
import { eventually } from '../support/eventually.ts'

const alice: Caller = { kind: 'USER', subject: 'alice', roles: ['DEPOSITOR'], scopes: [] }
const carol: Caller = { kind: 'USER', subject: 'carol', roles: ['CURATOR'], scopes: [] }

/** Depositions of numbers, in an archive whose runs a test looks at. */
export function depositsIn({ database, rows }: Awaited<ReturnType<typeof openRuns>>) {
  const within = <T>(work: (ports: DepositionPorts) => Promise<T>) =>
    postgres.transaction(database, (tx) => {
      const files = postgres.recordFileStore(tx)
      const outboxOf = (actor: string) => postgres.outbox(tx, actor)
      const publish: DepositionPorts['publish'] = (input, actor) =>
        publishRecords({ records: postgres.recordStore(tx), files, outbox: outboxOf(actor) }, input, actor)
      return work({ depositions: postgres.depositionRepository(tx), files, outboxOf, publish })
    })

  async function see(id: string): Promise<DepositionRow> {
    const [row] = await rows('select status, findings, candidate, record_id from deposition where id = $1', [id])
    return row
  }

  return {
    see,
    /** A number that somebody submits; the deposition's id. */
    async submitted(n: number): Promise<DepositionId> {
      const { id } = await within((ports) => createDeposition(ports, { convention: 'numbers', metadata: { n } }, alice))
      await within((ports) => submitDeposition(ports, { id }, alice))
      return id
    },
    submit: (id: DepositionId) => within((ports) => submitDeposition(ports, { id }, alice)),
    withdraw: (id: DepositionId) => within((ports) => withdrawDeposition(ports, { id }, alice)),
    approve: (id: DepositionId) => within((ports) => reviewDeposition(ports, { id, decision: 'APPROVE' }, carol)),
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
