import { serverAudits } from 'graphql-http'
import { expect, test } from 'vitest'
import { openArchive, topologies } from '../support/index.ts'
import { startGateway } from './fixture/start-gateway.ts'

test('the GraphQL-over-HTTP audit finds no error and no warning in a gateway', async () => {
  await using gateway = await startGateway()
  await audit(gateway.url)
})

test.each(topologies)('nor in an archive in %s', async (topology) => {
  await using archive = await openArchive(topology)
  await audit(archive.url)
})

async function audit(url: string): Promise<void> {
  const results = []
  // One after another: the audit's own way of running them at once loses track of connections.
  for (const one of serverAudits({ url: `${url}/graphql` })) results.push(await one.fn())

  const faults = results.flatMap((result) => (result.status === 'ok' ? [] : [`${result.status} ${result.name}: ${result.reason}`]))
  expect(results.length).toBeGreaterThanOrEqual(60)
  expect(faults.filter((fault) => !fault.startsWith('notice'))).toEqual([])
  // Plain GETs are refused because a page of another site could send them.
  expect(faults).toHaveLength(3)
}
