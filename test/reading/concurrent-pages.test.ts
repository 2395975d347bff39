import { setTimeout as sleep } from 'node:timers/promises'
import { parseReading } from '@strata/domain/dataset'
import { snapshot } from '@strata/infrastructure/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatasets, readAll, type OpenDatasets } from './open-dataset.ts'
import { told, things } from './things.ts'

let archive: OpenDatasets
beforeAll(async () => {
  archive = await openDatasets()
  await archive.deploy(things)
  await archive.deploy({ ...things, slug: 'plain-things', hooks: [] })
})
afterAll(() => archive[Symbol.asyncDispose]())

const publish = (convention: string, name: string, count: number) =>
  archive.publish(
    convention,
    Array.from({ length: count }, (_, i) => ({
      sourceId: `${name} ${i}`,
      metadata: { name, ...(i % 3 === 0 ? {} : { size: (i * 7) % 10 }), parts_told: told([{ label: name, place: i }, { place: i }]) },
    })),
  )

/** Goes on publishing a few at a time for as long as `work` takes. */
async function whilePublishing(convention: string, name: string, work: () => Promise<void>): Promise<void> {
  const done = new AbortController()
  const publishing = (async () => {
    for (let i = 0; !done.signal.aborted; i++) {
      await publish(convention, `${name} ${i}`, 10)
      await sleep(30)
    }
  })()
  try {
    await work()
  } finally {
    done.abort()
    await publishing
  }
}

test.each([
  ['in the order of publishing', {}],
  ['by a number that some lack', { orderBy: [{ column: 'size' }] }],
  ['by several columns', { orderBy: [{ column: 'size', direction: 'DESC' }, { column: 'name' }] }],
])('while records are published, pages %s have each row that was there, and each row once', async (order, question) => {
  const before = await publish('plain-things', `before, ${order}`, 100)
  await whilePublishing('plain-things', order, async () => {
    const { rows } = await readAll(archive.datasets, await archive.readable('plain-things'), { table: 'records', ...question }, 7)
    const seen = rows.map(({ row }) => row.record)
    expect(new Set(seen).size).toBe(seen.length)
    expect(before.filter((id) => !seen.includes(id))).toEqual([])
  })
})

test('while hooks make rows, a page and its total count are from one snapshot', async () => {
  await publish('things', 'before', 20)
  await archive.settled()
  const reading = parseReading(await archive.readable('things'), { table: 'parts', orderBy: [{ column: 'label' }, { column: 'place' }] })
  expect(await archive.datasets.rowCount(reading)).toBe(40)
  await whilePublishing('things', 'meanwhile', async () => {
    for (let i = 0; i < 20; i++) {
      const { items, hasNextPage } = await archive.datasets.rowPage(reading, { first: 1000 })
      // Both rows of a record come in one transaction, and are read by two queries: those with a label, and those without.
      const perRecord = Map.groupBy(items, ({ row }) => row.record)
      if (!hasNextPage) expect([...perRecord.values()].filter((some) => some.length !== 2)).toEqual([])
    }
  })
})

test('reads cannot write', async () => {
  const writing = snapshot(archive.database, (kysely) => kysely.updateTable('archive').set({ domain: 'elsewhere' }).execute())
  await expect(writing).rejects.toThrow('cannot execute UPDATE in a read-only transaction')
})
