import {
  beginValidation,
  createDeposition,
  finishValidation,
  submitDeposition,
  withdrawDeposition,
  type Deposition,
  type DepositionPorts,
} from '@strata/domain/deposition'
import type { Caller } from '@strata/domain/identity'
import { publishRecords, type CandidateBatch, type CandidateId } from '@strata/domain/record'
import type { DomainEvent, Finding } from '@strata/domain/shared'
import { depositionRepository, outbox, recordFileStore, recordStore, transaction } from '@strata/infrastructure/postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deployInput, registryOn } from './registry/registry.ts'
import { createTestDatabase, type TestDatabase } from './support/index.ts'

const alice: Caller = { kind: 'USER', subject: 'alice', roles: ['DEPOSITOR'], scopes: [] }
const rejected: Finding = { hook: 'pocket', kind: 'REJECTED', message: 'The resolution is too low.', field: 'resolution' }

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  const fields = [{ name: 'a', type: 'TEXT', required: true, cardinality: 'ONE' }]
  await registryOn(database).deploy(deployInput({ slug: 'things', schema: { id: 's', version: '1.0.0', fields }, hooks: [] }))
})
afterAll(() => database[Symbol.asyncDispose]())

/** The use case in one transaction; `breaksAt` fails it when an event of that type is about to be told. */
function within<T>(work: (ports: DepositionPorts) => Promise<T>, breaksAt?: DomainEvent['type']): Promise<T> {
  return transaction(database, (tx) => {
    const outboxOf = (actor: string) => ({
      append: async (event: DomainEvent) => {
        if (event.type === breaksAt) throw new Error('broken halfway')
        await outbox(tx, actor).append(event)
      },
    })
    return work({
      depositions: depositionRepository(tx),
      files: recordFileStore(tx),
      outboxOf,
      publish: (input, actor) =>
        publishRecords({ records: recordStore(tx), files: recordFileStore(tx), outbox: outboxOf(actor) }, input, actor),
    })
  })
}

async function submitted(): Promise<Deposition & { candidate: CandidateId }> {
  const deposition = await within((ports) => createDeposition(ports, { convention: 'things', metadata: { a: 'x' } }, alice))
  const { candidate, ...rest } = await within((ports) => submitDeposition(ports, deposition, alice))
  return { ...rest, candidate: candidate ?? expect.fail('no candidate') }
}

async function everything(): Promise<unknown> {
  const counted = await database.pool.query(`select
    (select json_agg(d order by id) from deposition d) as depositions,
    (select count(*) from outbox) as events, (select count(*) from record) as records`)
  return counted.rows[0]
}

const read = (id: string) =>
  database.pool.query('select status, findings, candidate, record_id from deposition where id = $1', [id]).then(({ rows }) => rows[0])

describe('a state change and its event are one: broken halfway, nothing is left of', () => {
  test('a new draft', async () => {
    const before = await everything()
    const creating = within((ports) => createDeposition(ports, { convention: 'things' }, alice), 'DepositionCreated')
    await expect(creating).rejects.toThrow('broken halfway')
    expect(await everything()).toEqual(before)
  })

  test('a submission', async () => {
    const draft = await within((ports) => createDeposition(ports, { convention: 'things', metadata: { a: 'x' } }, alice))
    const before = await everything()
    await expect(within((ports) => submitDeposition(ports, draft, alice), 'DepositionSubmitted')).rejects.toThrow('broken halfway')
    expect(await everything()).toEqual(before)
  })

  test.each(['RecordsPublished', 'DepositionPublished'] as const)('a publication, at %s', async (event) => {
    const { candidate } = await submitted()
    const before = await everything()
    await expect(within((ports) => finishValidation(ports, { candidate, findings: [] }), event)).rejects.toThrow('broken halfway')
    expect(await everything()).toEqual(before)
  })
})

describe('what hooks say of a candidate', () => {
  test('is awaited, and the candidate does not reveal its origin', async () => {
    const deposition = await submitted()
    const { candidate } = deposition
    let seen: CandidateBatch | undefined
    const begin = async (given: CandidateBatch) => ((seen = given), 'WAITING' as const)
    const event = { type: 'DepositionSubmitted', deposition: deposition.id, candidate } as const
    await within((ports) => beginValidation({ ...ports, validation: { begin, abandon: async () => {} } }, event))
    const candidates = [{ id: candidate, metadata: { a: 'x' }, files: [] }]
    expect(seen).toEqual({ convention: 'things', schema: { id: 's', version: '1.0.0' }, candidates, isUrgent: true })
    expect(await read(deposition.id)).toMatchObject({ status: 'IN_VALIDATION' })
  })

  test('brings it back to its owner with their findings', async () => {
    const { id, candidate } = await submitted()
    const errored: Finding = { hook: 'shape', kind: 'ERRORED', message: 'The hook ended with an error.' }
    expect(await within((ports) => finishValidation(ports, { candidate, findings: [rejected, errored] }))).toBe(true)
    expect(await read(id)).toEqual({ status: 'DRAFT', findings: [rejected, errored], candidate: null, record_id: null })
  })

  test('is ignored after the deposition was withdrawn or submitted again', async () => {
    const first = await submitted()
    await within((ports) => withdrawDeposition(ports, first, alice))
    expect(await within((ports) => finishValidation(ports, { candidate: first.candidate, findings: [] }))).toBe(false)
    const second = await within((ports) => submitDeposition(ports, first, alice))
    expect(second.candidate).not.toBe(first.candidate)
    expect(await within((ports) => finishValidation(ports, { candidate: first.candidate, findings: [rejected] }))).toBe(false)
    expect(await read(first.id)).toMatchObject({ status: 'IN_VALIDATION', findings: [] })
  })

  test('publishes one record, however often and however many at once it is reported', async () => {
    const { id, candidate } = await submitted()
    const reports = await Promise.all(
      Array.from({ length: 8 }, () => within((ports) => finishValidation(ports, { candidate, findings: [] }))),
    )
    expect(reports.filter(Boolean)).toHaveLength(1)
    const { rows } = await database.pool.query(`select id, source, published_by from record where source ->> 'id' = $1`, [id])
    expect(rows).toEqual([{ id: candidate, source: { type: 'deposition', id }, published_by: 'user:alice' }])
    expect(await read(id)).toMatchObject({ status: 'PUBLISHED', record_id: rows[0].id })
  })
})

describe('the database itself refuses', () => {
  test.each([
    ['a published deposition without a record', `status = 'PUBLISHED', candidate = gen_random_uuid()`],
    ['a rejection without a reason', `status = 'REJECTED', findings = '[]'`],
    ['a submission that is nobody’s candidate', `status = 'IN_VALIDATION', candidate = null`],
    ['metadata that is a list', `metadata = '[]'`],
  ])('%s', async (_, change) => {
    const { id } = await within((ports) => createDeposition(ports, { convention: 'things' }, alice))
    await expect(database.pool.query(`update deposition set ${change} where id = $1`, [id])).rejects.toThrow(/check constraint/)
  })

  test('changing or deleting what was published', async () => {
    const { id, candidate } = await submitted()
    await within((ports) => finishValidation(ports, { candidate, findings: [] }))
    await expect(database.pool.query(`update deposition set owner = 'x' where id = $1`, [id])).rejects.toThrow()
    await expect(database.pool.query('delete from deposition where id = $1', [id])).rejects.toThrow()
  })
})
