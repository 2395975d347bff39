import { afterAll, beforeAll, expect } from 'vitest'
import { openArchive, type TestArchive, type Topology } from '../support/index.ts'
import type { Ask } from '../support/graphql-client.ts'
import { things, told } from './things.ts'
import { eventually } from '../support/eventually.ts'

export const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish =
  'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount results { srn findings { message } } } }'
export const rows = `query ($table: String!, $filter: Filter, $orderBy: [OrderBy!], $first: Int, $after: String, $asOf: DateTime, $release: Int) {
  rows(convention: "things", table: $table, filter: $filter, orderBy: $orderBy, first: $first, after: $after, asOf: $asOf, release: $release) {
    totalCount nodes { id values stale run { release { version } } record { srn metadata } } pageInfo { hasNextPage endCursor } } }`

const records = [
  {
    name: 'anchor',
    size: 2.5,
    tags: ['iron', 'ship'],
    parts_told: told([
      { label: 'ring', weight: 1.5, place: 0 },
      { label: 'arm', weight: 12, place: 1 },
    ]),
    grade_told: told([{ score: 0.9 }]),
  },
  {
    name: 'bolt',
    size: 0.1,
    day: '2024-02-29',
    tags: ['iron'],
    parts_told: told([{ label: 'head', weight: 0.2, place: 0 }]),
    grade_told: told([{ score: 0.5 }]),
  },
  { name: 'cup', size: 0.1, parts_told: told([{ label: 'handle', place: 0 }]) },
  { name: 'door of oak' },
]

/** An archive of these records, for the tests of one `describe`. */
export function archiveOfThings(topology: Topology) {
  let archive: TestArchive
  let srns: string[] = []
  beforeAll(async () => {
    archive = await openArchive(topology)
    expect((await archive.ask(deploy, { input: things })).errors).toEqual([])
    srns = await published(records)
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  /** One after the other, so that their order is known; then waits for their hooks. */
  async function published(some: readonly object[]): Promise<string[]> {
    const names: string[] = []
    for (const [i, metadata] of some.entries()) {
      const input = {
        convention: 'things',
        source: { import: { sourceNode: 'here' } },
        records: [{ sourceId: `${Date.now()} ${i}`, metadata }],
      }
      const { data, errors } = await archive.ask(publish, { input })
      expect(errors).toEqual([])
      names.push(data.publishRecords.results[0].srn)
    }
    const waiting = `select (select count(*) from outbox where handled_at is null) + (select count(*) from hook_run where finished_at is null) as n`
    await eventually(async () => expect((await archive.database.pool.query(waiting)).rows[0].n).toBe(0n))
    return names
  }

  async function read(variables: object) {
    const { data, errors } = await archive.ask(rows, { table: 'records', ...variables })
    expect(errors).toEqual([])
    return data.rows
  }
  const names = async (variables: object): Promise<string[]> =>
    (await read(variables)).nodes.map((row: { values: { name: string } }) => row.values.name)
  const refusal = async (query: string, variables: object) => {
    const { errors } = await archive.ask(query, variables as Record<string, unknown>)
    return { code: errors[0]?.extensions.code, field: errors[0]?.extensions.field, message: errors[0]?.message }
  }

  const ask: Ask = (...asked) => archive.ask(...asked)
  return { ask, published, read, names, refusal, srn: (n: number) => srns[n] ?? expect.fail(`there is no record ${n}`) }
}
