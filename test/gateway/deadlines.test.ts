import { request } from 'node:http'
import { expect, test } from 'vitest'
import { ask } from './fixture/ask.ts'
import { startGateway, type Topology } from './fixture/start-gateway.ts'

const settings = { STRATA_QUERY_DEADLINE: '300', STRATA_MUTATION_DEADLINE: '800' }

test.each<Topology>(['in-process', 'http'])('over subgraphs %s, what takes too long is given up at its deadline', async (topology) => {
  await using gateway = await startGateway({ topology, settings })
  const { status, body } = await ask(gateway.url, '{ wait(milliseconds: 50000) }')
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([504, 'UNAVAILABLE'])
  expect(body.errors?.[0]?.message).toBe('This query took longer than 0.3 s, which is the limit; request less at once.')

  const mutation = await ask(gateway.url, 'mutation { waitAndChange(milliseconds: 5000) }')
  expect([mutation.status, mutation.body.errors?.[0]?.message]).toEqual([
    504,
    expect.stringContaining('check the result before you send it again'),
  ])
  // The longer time is the mutation's own.
  expect((await ask(gateway.url, 'mutation { waitAndChange(milliseconds: 450) }')).body).toEqual({ data: { waitAndChange: true } })
  expect(gateway.logLines.filter((line) => /"level":"error"/.test(line))).toEqual([])
})

test('a caller who disconnects before the answer causes no error', async () => {
  await using gateway = await startGateway({ topology: 'http' })
  await new Promise<void>((resolve) => {
    const sent = request(`${gateway.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' } })
    sent.on('error', () => resolve())
    sent.end(JSON.stringify({ query: '{ wait(milliseconds: 2000) }' }))
    setTimeout(() => sent.destroy(), 200)
  })
  expect((await ask(gateway.url, '{ books { isbn } }')).status).toBe(200)
  expect(gateway.logLines.filter((line) => /"level":"error"/.test(line))).toEqual([])
})
