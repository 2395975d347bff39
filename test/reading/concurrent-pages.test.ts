import { parseReading } from '@strata/domain/dataset'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatasets, readAll, type OpenDatasets } from './open-dataset.ts'
import { told, things } from './things.ts'

let archive: OpenDatasets
beforeAll(async () => {
  archive = await openDatasets()
  await archive.deploy(things)
})
afterAll(() => archive[Symbol.asyncDispose]())

const batch = (name: string, count: number) =>
  archive.publish(
    'things',
    Array.from({ length: count }, (_, i) => ({
      sourceId: `${name} ${i}`,
      metadata: { name, ...(i % 3 === 0 ? {} : { size: (i * 7) % 10 }), parts_told: told([{ label: name, place: i }, { place: i }]) },
    })),
  )

test.each([
  ['in the order of publishing', {}],
  ['by a number that some lack', { orderBy: [{ column: 'size' }] }],
  ['by several columns', { orderBy: [{ column: 'size', direction: 'DESC' }, { column: 'name' }] }],
])('while records are published, pages %s have each row that was there, and each row once', async (_, question) => {
  const before = await batch(`before ${JSON.stringify(question)}`, 100)
  let isReading = true
  const publishing = (async () => {
    for (let i = 0; isReading; i++) await batch(`meanwhile ${JSON.stringify(question)} ${i}`, 10)
  })()
  try {
    const dataset = await archive.readable('things')
    const { rows } = await readAll(archive.datasets, dataset, { table: 'records', ...question }, 7)
    const seen = rows.map(({ row }) => row.record)
    expect(new Set(seen).size).toBe(seen.length)
    expect(before.filter((id) => !seen.includes(id))).toEqual([])
  } finally {
    isReading = false
    await publishing
  }
})

test('while hooks make rows and the live release moves, a page and its rows are of one moment', async () => {
  await archive.settled()
  const dataset = await archive.readable('things')
  const rows = await readAll(archive.datasets, dataset, { table: 'parts' })
  expect(rows.rows).toHaveLength(rows.count)
  let isReading = true
  const publishing = (async () => {
    for (let i = 0; isReading; i++) await batch(`more parts ${i}`, 20)
  })()
  try {
    const reading = parseReading(dataset, { table: 'parts', orderBy: [{ column: 'label' }, { column: 'place' }] })
    for (let i = 0; i < 20; i++) {
      const { items } = await archive.datasets.rowPage(reading, { first: 1000 })
      // Both rows of a record come in one transaction: a page of one moment never has one without the other.
      const perRecord = Map.groupBy(items, ({ row }) => row.record)
      if (items.length < 1000) expect([...perRecord.values()].filter((some) => some.length !== 2)).toEqual([])
    }
  } finally {
    isReading = false
    await publishing
  }
})

test('nothing that is read can write', async () => {
  const { snapshot } = await import('@strata/infrastructure/postgres')
  const writing = snapshot(archive.database, (kysely) => kysely.updateTable('archive').set({ domain: 'elsewhere' }).execute())
  await expect(writing).rejects.toThrow('cannot execute UPDATE in a read-only transaction')
})
