import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type Answer } from '../gateway/fixture/ask.ts'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

/** Every row passes it only after every condition was checked. A page is quick, and a count is slow. */
const filter = (conditions: number) => ({
  not: { any: Array.from({ length: conditions }, (_, i) => ({ contains: { column: 'pdb_id', value: `x${i}` } })) },
})
const counting = 'query ($filter: Filter) { rows(convention: "proteins", table: "records", first: 1, filter: $filter) { totalCount } }'
const page = '{ rows(convention: "proteins", table: "records", first: 5) { nodes { values } } }'

describe.each(topologies)('%s: with expensive queries', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology, {
      DATABASE_COUNT_TIMEOUT: '2000',
      DATABASE_POOL_SIZE: '6',
      STRATA_RATE_PER_ADDRESS: '0',
      STRATA_RATE_PER_CALLER: '0',
    })
    const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
    expect(
      (
        await archive.ask(deploy, {
          input: manifest({ schema: { id: 'protein', version: '1.0.0', fields: [{ name: 'pdb_id', type: 'TEXT' }] } }),
        })
      ).errors,
    ).toEqual([])
    const publish = 'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }'
    const records = Array.from({ length: 300 }, (_, i) => ({ sourceId: `r${i}`, metadata: { pdb_id: `${i} `.repeat(8_000) } }))
    const { errors } = await archive.ask(publish, {
      input: { convention: 'proteins', source: { import: { sourceNode: 'a.org' } }, records },
    })
    expect(errors).toEqual([])
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  const asCaller = async (subject: string) => ({ authorization: `Bearer ${await archive.sign({ subject })}` })
  const codes = ({ body }: Answer) => body.errors?.map(({ extensions }) => extensions['code'])
  const reading = async () =>
    Number(
      (
        await archive.database.pool.query(
          "select count(*) as n from pg_stat_activity where datname = current_database() and state = 'active' and query ilike '%casefold%' and pid <> pg_backend_pid()",
        )
      ).rows[0].n,
    )

  test('a filter with very many text searches is refused before it reaches the database', async () => {
    const { status, body } = await ask(archive.url, counting, { variables: { filter: filter(190) } })
    const [error] = body.errors ?? []
    expect([status, error?.extensions['code'], error?.extensions['field']]).toEqual([200, 'QUERY_TOO_COMPLEX', 'filter'])
    expect(error?.message).toMatch(/3,800 comparisons .* 1,000 .*;/)
    const address = `${archive.url}/data/proteins/records.csv?filter=${encodeURIComponent(JSON.stringify(filter(60)))}`
    const download = await fetch(address)
    expect([download.status, await download.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX', field: 'filter' } }] },
    ])
  })

  test('the costs of several filters in one operation add up', async () => {
    const many = `query ($filter: Filter) { ${Array.from({ length: 20 }, (_, i) => `a${i}: rows(convention: "proteins", table: "records", first: 100, filter: $filter) { nodes { id } }`).join(' ')} }`
    const { status, body } = await ask(archive.url, many, { variables: { filter: filter(150) } })
    expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'QUERY_TOO_COMPLEX'])
  })

  test('a count beyond its own deadline is refused, while its page would succeed', async () => {
    for (let conditions = 1; ; conditions *= 2) {
      expect(conditions).toBeLessThan(64)
      const { body } = await ask(archive.url, counting, { variables: { filter: filter(conditions) } })
      const [error] = body.errors ?? []
      if (error === undefined) continue
      expect([error.extensions['code'], error.message]).toEqual([
        'UNAVAILABLE',
        expect.stringMatching(/^Counting these rows takes longer than 2 s.*totalCount/),
      ])
      return
    }
  })

  test('one caller never holds the last connections, and other callers are answered meanwhile', async () => {
    const attacker = await asCaller('attacker')
    const attacks = Array.from({ length: 12 }, () => ask(archive.url, counting, { variables: { filter: filter(50) }, headers: attacker }))
    await expect.poll(reading).toBeGreaterThan(0)
    let answeredDuring = 0
    let most = 0
    const attack = { isOver: false }
    const all = Promise.all(attacks).finally(() => (attack.isOver = true))
    const other = await asCaller('other')
    while (!attack.isOver) {
      most = Math.max(most, await reading())
      const { body } = await ask(archive.url, page, { headers: other })
      expect(body.errors).toBeUndefined()
      if (!attack.isOver) answeredDuring++
    }
    // Six connections: one is reserved for the archive, and one caller may have at most three of the others.
    expect(most).toBeLessThanOrEqual(3)
    expect(answeredDuring).toBeGreaterThan(3)
    const refusals = (await all).flatMap(({ body }) => body.errors ?? [])
    expect(refusals.length).toBeGreaterThan(0)
    for (const answer of await all) {
      const error = answer.body.errors?.[0]
      if (error === undefined) continue
      expect(['RATE_LIMITED', 'UNAVAILABLE']).toContain(error.extensions['code'])
      if (error.extensions['code'] === 'RATE_LIMITED') expect(answer.headers.get('retry-after')).toBe('5')
      else expect(error.message).toMatch(/^Counting these rows takes longer than 2 s|^The database took too long/)
    }
    // The count is exact or refused, and never wrong.
    for (const { body } of await all) if (body.errors === undefined) expect(body.data).toEqual({ rows: { totalCount: 300 } })
    expect(codes(await ask(archive.url, page, { headers: attacker }))).toBeUndefined()
  })
})
