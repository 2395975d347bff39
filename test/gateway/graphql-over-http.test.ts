import { serverAudits } from 'graphql-http'
import { expect, test } from 'vitest'
import { startGateway } from './fixture/start-gateway.ts'

test('the GraphQL-over-HTTP audit finds no error and no warning', async () => {
  await using gateway = await startGateway()
  const results = []
  // One after another: the audit's own way of running them at once loses track of connections.
  for (const audit of serverAudits({ url: `${gateway.url}/graphql` })) results.push(await audit.fn())

  const faults = results.flatMap((result) => (result.status === 'ok' ? [] : [`${result.status} ${result.name}: ${result.reason}`]))
  expect(results.length).toBeGreaterThanOrEqual(60)
  expect(faults.filter((fault) => !fault.startsWith('notice'))).toEqual([])
  // Plain GETs are refused because a page of another site could send them.
  expect(faults).toHaveLength(3)
})
