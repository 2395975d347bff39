import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type Answer } from './fixture/ask.ts'
import { graphqlSecret, internalDetail } from './fixture/fixture-subgraphs.ts'
import { startGateway, tokens, type FixtureGateway, type Topology } from './fixture/start-gateway.ts'

describe.each<Topology>(['in-process', 'http'])('over subgraphs %s', (topology) => {
  let gateway: FixtureGateway
  beforeAll(async () => {
    gateway = await startGateway({ topology })
  })
  afterAll(async () => gateway[Symbol.asyncDispose]())
  const query = (text: string, variables?: object, headers?: Record<string, string>): Promise<Answer> =>
    ask(gateway.url, text, { ...(variables ? { variables } : {}), ...(headers ? { headers } : {}) })

  test('an entity is put together from two subgraphs, in both directions', async () => {
    const { status, body } = await query('{ shelves { room books { title } } books { isbn shelf { room } } }')
    expect(body).toEqual({
      data: {
        shelves: [{ room: 7, books: [{ title: 'On Growth and Form' }, { title: 'Annals of the Former World' }] }],
        books: [
          { isbn: '1', shelf: { room: 7 } },
          { isbn: '2', shelf: { room: 7 } },
        ],
      },
    })
    expect(status).toBe(200)
  })

  test('variables reach the subgraph, also for inputs with a directive of the subgraph', async () => {
    const { body } = await query('mutation ($by: FindBy!) { find(by: $by) { title } }', { by: { isbn: '2' } })
    expect(body).toEqual({ data: { find: { title: 'Annals of the Former World' } } })
  })

  test('a bug in a resolver becomes INTERNAL with the request id; its details are in the log alone', async () => {
    const { body, status } = await query('{ book(isbn: "1") { title broken } }', undefined, { 'x-request-id': 'bug-report-1' })
    expect(body).toEqual({
      data: { book: { title: 'On Growth and Form', broken: null } },
      errors: [
        {
          message: 'The archive had an internal error; quote request bug-report-1.',
          path: ['book', 'broken'],
          extensions: { code: 'INTERNAL', requestId: 'bug-report-1' },
        },
      ],
    })
    expect(status).toBe(200)
    const logged = gateway.logLines.filter((line) => line.includes(JSON.stringify(internalDetail).slice(1, -1)))
    expect(logged.some((line) => JSON.parse(line).requestId === 'bug-report-1')).toBe(true)
  })

  test('a refusal keeps its code, field, sentence and path', async () => {
    const { body } = await query('{ shelves { books { refused } } }', undefined, { 'x-request-id': 'refusal-1' })
    expect(body.errors?.[0]).toEqual({
      message: 'There is no such page; look in the index.',
      path: ['shelves', 0, 'books', 0, 'refused'],
      extensions: { code: 'NOT_FOUND', field: 'page', requestId: 'refusal-1' },
    })
    expect(JSON.stringify(body)).not.toContain('serviceName')
  })

  test('a value that only the subgraph can check is refused with the path of the input', async () => {
    const variables = {
      input: {
        books: [
          { isbn: '1', title: 'a' },
          { isbn: 'not digits', title: 'b' },
        ],
      },
    }
    const { body } = await query('mutation ($input: AddBooksInput!) { addBooks(input: $input) }', variables)
    expect(body.errors).toHaveLength(1)
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.books.1.isbn' })
    expect(body.errors?.[0]?.message).toContain('An Isbn is digits.')
  })

  test('the subgraph receives the token, the request id and the secret, and no other header of the client', async () => {
    const token = await tokens.sign({ subject: 'ada', roles: ['ADMIN'], scopes: [], expiresInSeconds: 60 })
    const headers = {
      authorization: `bearer ${token}`,
      'x-request-id': 'travelling-id',
      'x-strata-gateway': 'forged',
      'x-client-thing': '1',
    }
    const { body } = await query('{ received { authorization requestId gatewaySecret others } }', undefined, headers)
    expect(body.data).toEqual({
      received: { authorization: `Bearer ${token}`, requestId: 'travelling-id', gatewaySecret: graphqlSecret, others: [] },
    })
  })
})

test('a subgraph that is down is UNAVAILABLE: the part is named, its address is not, and the rest is served', async () => {
  await using gateway = await startGateway({ topology: 'http' })
  await gateway.stopSubgraph('shelves')
  const { body } = await ask(gateway.url, '{ books { title } shelves { room } }')
  expect(body.errors).toHaveLength(1)
  expect(body.errors?.[0]?.extensions['code']).toBe('UNAVAILABLE')
  expect(body.errors?.[0]?.message).toContain('shelves')
  expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN|fetch|http/)
  expect(body.errors?.[0]?.path).toEqual(['shelves'])
  // A field of an entity that is null has an error with its path, under the name that the caller gave it.
  const { body: asked } = await ask(
    gateway.url,
    '{ library: books { title place: shelf { room } } first: book(isbn: "1") { shelf { room } } }',
  )
  expect(asked.errors?.map(({ path }) => path?.join('.')).sort()).toEqual(['first.shelf', 'library.0.place', 'library.1.place'])
  const entity = await ask(gateway.url, '{ books { title } }')
  expect(entity.body).toEqual({ data: { books: [{ title: 'On Growth and Form' }, { title: 'Annals of the Former World' }] } })
})
