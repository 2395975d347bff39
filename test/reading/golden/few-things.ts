import { told, things } from '../things.ts'
import { openDatasets, type OpenDatasets } from '../open-dataset.ts'

/** Six records that a person can keep in mind, with the rows that their hooks made. */
const records = [
  { name: 'anchor', size: 2.5, number: 1, is_good: true, day: '2024-01-10', moment: '2024-01-10T08:00:00Z', tags: ['iron', 'ship'] },
  { name: 'Bolt', size: 0.1, number: 7, is_good: true, day: '2024-02-01', moment: '2024-02-01T12:30:00.25Z', tags: ['iron'] },
  { name: 'cup', size: 0.1, number: 7, is_good: false, day: '2024-02-29', tags: [] },
  { name: 'door of oak', size: 2, is_good: false, day: '2025-06-01', moment: '2025-06-01T00:00:00+02:00' },
  { name: 'eye', number: -3 },
  { number: 0 },
]

const parts: readonly (readonly object[])[] = [
  [
    { label: 'ring', weight: 1.5, place: 0 },
    { label: 'arm', weight: 12, place: 1, is_loose: false },
  ],
  [{ label: 'head', weight: 0.2, place: 0, key: '0190a5e0-0000-7000-8000-000000000001' }],
  [{ label: 'handle', place: 0, is_loose: true, extra: ['loose', { since: 2020 }] }],
  [
    { label: 'hinge', weight: 0.4, place: 0 },
    { label: 'hinge', weight: 0.4, place: 1 },
    { weight: 30, place: 2 },
  ],
]

const grades = [[{ score: 0.9, remark: 'heavy but sound' }], [{ score: 0.5 }], [{ score: 0.1, remark: 'the handle is loose' }]]

export async function fewThings(): Promise<OpenDatasets> {
  const archive = await openDatasets()
  await archive.deploy(things)
  // One after the other: records that are published together stand in any order.
  for (const [i, metadata] of records.entries()) {
    const toldParts = { parts_told: told(parts[i] ?? []), grade_told: told(grades[i] ?? []) }
    await archive.publish('things', [{ sourceId: String(i), metadata: { ...metadata, ...toldParts } }])
  }
  await archive.settled()
  return archive
}
