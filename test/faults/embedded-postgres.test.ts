import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { credentialsIn, startNodeProcess } from '../standalone/running-node.ts'
import { graphqlClient } from '../support/graphql-client.ts'
import { temporaryDirectory } from '../support/index.ts'

const settings = { STRATA_LOG_FORMAT: 'json' }
const waiting = { timeout: 30_000, interval: 100 }

test(
  'a node starts its own database again when that was killed, says so, and ends with a sentence when it happens a fourth time',
  { timeout: 120_000 },
  async () => {
    await using data = await temporaryDirectory()
    await using node = startNodeProcess(data.path, settings)
    await node.wrote('Ctrl-C stops the node.')
    const { url, token } = credentialsIn(data.path)
    const ask = graphqlClient(url, token)
    const readyz = async () => (await fetch(`${url}/readyz`)).json()
    const databaseOf = (report: { parts: { name: string }[] }) => report.parts.find(({ name }) => name === 'database')
    expect(databaseOf(await readyz())).toEqual({ name: 'database', ready: true, detail: null })

    for (const nth of [1, 2, 3]) {
      process.kill(postmasterIn(data.path), 'SIGKILL')
      await node.wrote(
        `"msg":"the embedded PostgreSQL ended unexpectedly (signal SIGKILL); it is being started again (restart ${nth} of 3 within ten minutes)"`,
      )
      await expect.poll(async () => (await readyz()).status, waiting).toBe('ready')
      const { detail } = databaseOf(await readyz()) as unknown as { detail: string }
      expect(detail).toMatch(
        new RegExp(`ended unexpectedly \\(signal SIGKILL\\) at .+ and was started again \\(restart ${nth} of 3 within ten minutes\\)`),
      )
      await expect.poll(async () => (await ask('{ conventions(first: 1) { nodes { slug } } }')).errors, waiting).toEqual([])
    }

    process.kill(postmasterIn(data.path), 'SIGKILL')
    expect(await node.ended).toBe(1)
    const last = node.output().trimEnd().split('\n').at(-1)
    expect(last).toContain(
      'The embedded PostgreSQL ended unexpectedly (signal SIGKILL) after it had been started again 3 times within ten minutes.',
    )
    expect(node.output()).not.toMatch(/^ {4}at /m)
    await using next = startNodeProcess(data.path, settings)
    await next.wrote('Strata is ready')
  },
)

function postmasterIn(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n', 1)[0])
}
