import { describe, expect, test } from 'vitest'
import { archiveOfThings, rows } from '../reading/archive-of-things.ts'
import { topologies } from '../support/index.ts'

describe.each(topologies)('reads of an archive in %s', (topology) => {
  const { ask, read, names, refusal } = archiveOfThings(topology)

  test('the catalog has every table with its columns, row count and coverage', async () => {
    const { data, errors } = await ask(`{ dataset(convention: "things") { convention { slug } tables {
      name rowCount columns { name type description unit required } coverage { records fresh stale empty rejected errored missing } } } }`)
    expect(errors).toEqual([])
    const [own, parts, grade] = data.dataset.tables
    expect(own).toMatchObject({ name: 'records', rowCount: 4, coverage: null })
    expect(own.columns[1]).toEqual({ name: 'size', type: 'NUMBER', description: 'From end to end.', unit: 'm', required: false })
    expect(own.columns[6]).toMatchObject({ name: 'tags', type: 'JSON' })
    expect(parts).toMatchObject({
      name: 'parts',
      rowCount: 4,
      coverage: { records: 4, fresh: 3, stale: 0, empty: 1, rejected: 0, errored: 0, missing: 0 },
    })
    expect(parts.columns[1]).toMatchObject({ name: 'weight', unit: 'kg' })
    expect(grade).toMatchObject({ name: 'grade', rowCount: 2, coverage: { fresh: 2, empty: 2 } })
    expect((await ask('{ datasets { tables { name } } }')).data.datasets).toHaveLength(1)
    for (const other of ['nothing', 'a\0b', 'x'.repeat(5_000), '\ud800']) {
      expect(await ask('query ($of: String!) { dataset(convention: $of) { tables { name } } }', { of: other })).toMatchObject({
        data: { dataset: null },
        errors: [],
      })
    }
  })

  test.each([
    'query ($of: String!) { rows(convention: $of, table: "records") { totalCount } }',
    'query ($of: String!) { aggregate(convention: $of, table: "records", measures: [{ op: COUNT }]) { measures } }',
    'query ($of: String!) { histogram(convention: $of, table: "records", column: "size") { nulls } }',
    'mutation ($of: String!) { cite(convention: $of, table: "records") { id } }',
  ])('a dataset that is misspelt is not found, and the one that was meant is named: %s', async (query) => {
    expect(await refusal(query, { of: 'thngs' })).toEqual({
      code: 'NOT_FOUND',
      field: 'convention',
      message: 'There is no dataset "thngs". Did you mean "things"?',
    })
    for (const other of ['a\0b', 'x'.repeat(5_000), '\ud800']) expect((await refusal(query, { of: other })).code).toMatch('NOT_FOUND')
  })

  test('rows are filtered by their own columns, by words, and by what hooks found of their records', async () => {
    expect(await names({ filter: { lt: { column: 'size', value: 1 } } })).toEqual(['bolt', 'cup'])
    expect(await names({ filter: { not: { lt: { column: 'size', value: 1 } } } })).toEqual(['anchor', 'door of oak'])
    expect(await names({ filter: { search: 'OAK' } })).toEqual(['door of oak'])
    expect(await names({ filter: { contains: { column: 'tags', value: 'ship' } } })).toEqual(['anchor'])
    expect(await names({ filter: { gt: { column: 'grade.score', value: 0.4 } } })).toEqual(['anchor', 'bolt'])
    const both = [{ eq: { column: 'parts.label', value: 'ring' } }, { gt: { column: 'parts.weight', value: 10 } }]
    expect(await names({ filter: { all: both } })).toEqual([])
    expect(await names({ filter: { all: [both[0], { all: [both[1]] }] } })).toEqual(['anchor'])
    const parts = await read({
      table: 'parts',
      filter: { eq: { column: 'records.name', value: 'anchor' } },
      orderBy: [{ column: 'weight', direction: 'DESC' }],
    })
    expect(parts).toMatchObject({
      totalCount: 2,
      nodes: [{ values: { label: 'arm' }, record: { metadata: { name: 'anchor' } } }, { values: { label: 'ring' } }],
    })
  })

  test('a filter can stand in the query itself', async () => {
    const { data, errors } = await ask(`{ rows(convention: "things", table: "records", orderBy: [{ column: "name", direction: DESC }],
      filter: { any: [{ eq: { column: "name", value: "cup" } }, { in: { column: "day", values: ["2024-02-29"] } }] }) { nodes { values } } }`)
    expect(errors).toEqual([])
    expect(data.rows.nodes.map((row: { values: { name: string } }) => row.values.name)).toEqual(['cup', 'bolt'])
  })

  test('pages follow each other in any order, and a cursor belongs to its question', async () => {
    const orderBy = [{ column: 'size' }, { column: 'name', direction: 'DESC' }]
    const seen: string[] = []
    for (let after: string | null = null; ;) {
      const page = await read({ orderBy, first: 1, after })
      expect(page.totalCount).toBe(4)
      seen.push(page.nodes[0].values.name)
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(seen).toEqual(['cup', 'bolt', 'anchor', 'door of oak'])
    const { endCursor } = (await read({ orderBy, first: 1 })).pageInfo
    for (const other of [{ orderBy: [{ column: 'size' }] }, { filter: { isNull: { column: 'day' } } }, { table: 'parts', orderBy: [] }]) {
      expect(await refusal(rows, { table: 'records', orderBy, ...other, after: endCursor })).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'after',
      })
    }
    expect(await refusal(rows, { table: 'records', after: 'nonsense' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' })
  })

  const anywhere = { column: 'size', value: 1 }
  test.each<[string, object, string, RegExp]>([
    [
      'a column that is not there',
      { filter: { all: [{ gt: anywhere }, { gt: { column: 'sise', value: 1 } }] } },
      'filter.all.1.gt.column',
      /no column "sise".*Did you mean "size"/,
    ],
    ['a column of another table', { filter: { gt: { column: 'score', value: 1 } } }, 'filter.gt.column', /"grade\.score"/],
    [
      'a table that is not there',
      { filter: { gt: { column: 'part.weight', value: 1 } } },
      'filter.gt.column',
      /Did you mean "parts\.weight"/,
    ],
    [
      'a text for a number',
      { filter: { gt: { column: 'size', value: 'big' } } },
      'filter.gt.value',
      /"size" is a NUMBER: the value should be a finite number, not "big"/,
    ],
    ['half a whole number', { filter: { eq: { column: 'number', value: 1.5 } } }, 'filter.eq.value', /INTEGER.*whole number/],
    ['a day that is none', { filter: { eq: { column: 'day', value: '2023-02-29' } } }, 'filter.eq.value', /DATE.*not "2023-02-29"/],
    ['nothing to compare with', { filter: { not: { eq: { column: 'size', value: null } } } }, 'filter.not.eq.value', /./],
    [
      'a number that begins with',
      { filter: { startsWith: anywhere } },
      'filter.startsWith.column',
      /looks into texts, and "size" is a NUMBER/,
    ],
    ['whether true is more', { filter: { gt: { column: 'is_good', value: true } } }, 'filter.gt.column', /BOOLEAN/],
    ['a list that equals a value', { filter: { eq: { column: 'tags', value: 'iron' } } }, 'filter.eq.value', /"contains"/],
    [
      'two keys',
      { filter: { all: [{ gt: anywhere, lt: anywhere }] } },
      'filter.all.0',
      /exactly one of .*gt and lt are given|lt and gt are given/,
    ],
    ['no key', { filter: {} }, 'filter', /exactly one of .*none is given/],
    [
      'too many values',
      { filter: { in: { column: 'size', values: Array.from({ length: 1001 }, (_, i) => i) } } },
      'filter.in.values',
      /at most 1,000/,
    ],
    ['too many conditions', { filter: { any: Array.from({ length: 200 }, () => ({ gt: anywhere })) } }, 'filter.any.199', /at most 200/],
    ['a list in an order', { orderBy: [{ column: 'tags' }] }, 'orderBy.0.column', /a list of TEXT/],
    ['many values for one row in an order', { orderBy: [{ column: 'parts.weight' }] }, 'orderBy.0.column', /may have several/],
    ['a column twice', { orderBy: [{ column: 'size' }, { column: 'records.size' }] }, 'orderBy.1.column', /twice/],
    ['a table', { table: 'part' }, 'table', /Did you mean "parts"/],
    ['the future', { asOf: '2999-01-01T00:00:00Z' }, 'asOf', /must be in the past/],
    ['a release of records', { release: 1 }, 'release', /are not from a hook/],
    ['a release that is not there', { table: 'parts', release: 2 }, 'release', /no release 2; it has one, 1/],
  ])('%s is refused with its place', async (_, variables, field, message) => {
    const refused = await refusal(rows, { table: 'records', ...variables })
    expect(refused).toMatchObject({
      code: field === 'table' ? 'NOT_FOUND' : 'BAD_USER_INPUT',
      field,
      message: expect.stringMatching(message),
    })
  })

  test('a filter that is nested too deep is refused, at any depth', async () => {
    const nested = (depth: number): object => (depth === 0 ? { gt: anywhere } : { not: nested(depth - 1) })
    expect(await names({ filter: nested(9) })).toEqual(['bolt', 'cup', 'door of oak'])
    expect(await refusal(rows, { table: 'records', filter: nested(10) })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('at most 10 deep'),
    })
    expect((await refusal(rows, { table: 'records', filter: nested(300) })).code).toBe('QUERY_TOO_COMPLEX')
  })

  test('names and values that look like SQL are treated as data', async () => {
    const evil = `x'; drop table record; --"`
    expect(await names({ filter: { eq: { column: 'name', value: evil } } })).toEqual([])
    expect(await refusal(rows, { table: 'records', filter: { eq: { column: evil, value: 1 } } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'filter.eq.column',
    })
    expect(await refusal(rows, { table: evil })).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(rows, { table: 'records', orderBy: [{ column: '_record' }] })).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect((await read({})).totalCount).toBe(4)
  })

  test('groups are measured and spread over buckets, and what makes no sense is refused', async () => {
    const aggregate = `query ($table: String!, $groupBy: [String!], $measures: [Measure!]!, $limit: Int) {
      aggregate(convention: "things", table: $table, groupBy: $groupBy, measures: $measures, limit: $limit) { keys measures } }`
    const { data, errors } = await ask(aggregate, {
      table: 'parts',
      groupBy: ['records.name'],
      measures: [{ op: 'COUNT' }, { op: 'SUM', column: 'weight' }],
    })
    expect(errors).toEqual([])
    expect(data.aggregate).toEqual([
      { keys: { 'records.name': 'anchor' }, measures: { count: 2, 'sum(weight)': 13.5 } },
      { keys: { 'records.name': 'bolt' }, measures: { count: 1, 'sum(weight)': 0.2 } },
      { keys: { 'records.name': 'cup' }, measures: { count: 1, 'sum(weight)': null } },
    ])
    const wrong = (variables: object) => refusal(aggregate, { table: 'parts', measures: [{ op: 'COUNT' }], ...variables })
    expect(await wrong({ measures: [{ op: 'SUM', column: 'label' }] })).toMatchObject({
      field: 'measures.0.column',
      message: 'SUM applies to NUMBER, INTEGER, and "label" is a TEXT.',
    })
    expect(await wrong({ measures: [{ op: 'AVG' }] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'measures.0.column' })
    expect(await wrong({ measures: [] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'measures' })
    expect(await wrong({ groupBy: ['grade.score'] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'groupBy.0' })
    expect(await wrong({ groupBy: ['label', 'place', 'day', 'moment', 'key'] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'groupBy' })
    expect(await wrong({ limit: 1001 })).toMatchObject({ field: 'limit' })

    const histogram =
      'query ($column: String!, $buckets: Int) { histogram(convention: "things", table: "records", column: $column, buckets: $buckets) { column nulls buckets { from to count } } }'
    expect((await ask(histogram, { column: 'size', buckets: 2 })).data.histogram).toEqual({
      column: 'size',
      nulls: 1,
      buckets: [
        { from: 0.1, to: 1.3, count: 2 },
        { from: 1.3, to: 2.5, count: 1 },
      ],
    })
    expect(await refusal(histogram, { column: 'name' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'column' })
    expect(await refusal(histogram, { column: 'size', buckets: 201 })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'buckets' })
  })
})
