import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'

const ways = ['kysely', 'prisma', 'pool', 'idle client', 'transaction', 'copy', 'queue', 'listen']

test('a process continues when PostgreSQL closes its connections, whatever it is doing with them', async () => {
  await using database = await createTestDatabase()
  const child = spawn(process.execPath, [fileURLToPath(import.meta.resolve('./query-on-and-on.ts'))], {
    env: { ...process.env, DATABASE_URL: database.url },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = once(child, 'exit')
  const seen = new Map<string, number>()
  createInterface({ input: child.stdout }).on('line', (line) => seen.set(line, (seen.get(line) ?? 0) + 1))
  const times = (line: string) => seen.get(line) ?? 0
  const deadline = AbortSignal.timeout(100_000)
  const until = async (isMet: () => boolean | Promise<boolean>) => {
    while (child.exitCode === null && child.signalCode === null && !(await isMet())) {
      if (deadline.aborted)
        throw new Error(`Still waiting after 100 s; seen so far: ${JSON.stringify(Object.fromEntries(seen))} ${stderr.slice(0, 2_000)}`)
      await sleep(30)
    }
  }

  await using killer = await openKiller(database.url)
  try {
    await until(() => times('process ready') === 1)
    for (const way of ways) await until(async () => (await killer.kill()) >= 0 && times(`${way} failed`) >= 3)
    const before = new Map(seen)
    for (const way of ways) await until(() => times(`${way} ok`) > (way === 'listen' ? 1 : (before.get(`${way} ok`) ?? 0)))
  } finally {
    child.stdin.end()
    if (deadline.aborted) child.kill('SIGKILL')
    await ended
  }
  expect([child.exitCode, stderr]).toEqual([0, ''])
})

/** Ends every connection of the process to its database, as a server that restarts does. */
async function openKiller(url: string): Promise<AsyncDisposable & { kill(): Promise<number> }> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return {
    kill: async () => {
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name in ('query on and on', 'strata queue', 'strata listen')`,
      )
      return rowCount ?? 0
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
