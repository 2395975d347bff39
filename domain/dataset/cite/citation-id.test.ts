import type { RecordId } from '@strata/domain/record'
import { expect, test } from 'vitest'
import { datasetCitationId, parseCitationId, recordCitationId, selectionCitationId } from './citation-id.ts'

const asOf = new Date('2026-11-26T06:30:00.123Z')
const record = '0193aaaa-bbbb-7ccc-8ddd-eeeeffff0000' as RecordId

test('an id names its thing, and any other text is not an id', () => {
  expect(parseCitationId(datasetCitationId('proteins', asOf), 'a.example')).toEqual({ kind: 'dataset', convention: 'proteins', asOf })
  expect(parseCitationId(recordCitationId({ identity: record, version: 2 }, asOf, 'a.example'), 'a.example')).toEqual({
    kind: 'record',
    record: { identity: record, version: 2 },
    asOf,
  })
  expect(parseCitationId(recordCitationId({ identity: record, version: 2 }, asOf, 'b.example'), 'a.example')).toBeUndefined()
  const id = selectionCitationId({ table: 'scores' })
  expect(id).toMatch(/^[2-9a-z]{12}$/)
  expect(parseCitationId(id, 'a.example')).toEqual({ kind: 'selection', id })
  for (const none of [
    '',
    '@',
    'proteins',
    'proteins@2026-11-26',
    'proteins@2026-13-26T06:30:00.123Z',
    `urn:osa:a.example:rec:x@1@${asOf.toISOString()}`,
  ]) {
    expect([none, parseCitationId(none, 'a.example')]).toEqual([none, undefined])
  }
})

test('equal queries have the same id, regardless of the order of keys, and different queries have different ids', () => {
  const id = selectionCitationId({ table: 'scores', filter: { a: 1, b: 2 } })
  expect(selectionCitationId({ filter: { b: 2, a: 1 }, table: 'scores' })).toBe(id)
  expect(selectionCitationId({ table: 'scores', filter: { a: 1, b: 3 } })).not.toBe(id)
})
