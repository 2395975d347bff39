import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { listen, openDatabase, transaction } from '@strata/infrastructure/postgres'
import { openQueue } from '@strata/infrastructure/queue'
import { createLogger } from '@strata/infrastructure/telemetry'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'

/**
 * A process that uses its database in every way at once and reports each attempt on its standard output, as `<way> ok` or
 * `<way> failed`. It ends in order when its standard input does.
 */
const url = process.env['DATABASE_URL'] ?? ''
const log = createLogger({ level: 'silent', format: 'json' }, 'test')
const database = openDatabase({ url, poolSize: 12, name: 'query on and on' })
const queue = await openQueue({ databaseUrl: url, log })

const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  kysely: () => sql`select pg_sleep(0.01)`.execute(database.kysely),
  prisma: () => database.prisma.$queryRaw`select 1 from pg_sleep(0.01)`,
  pool: () => database.pool.query('select pg_sleep(0.01)'),
  'idle client': async () => {
    const client = await database.pool.connect()
    await sleep(20)
    // A client that was lost while it lay idle refuses the next query.
    await client.query('select 1').finally(() => client.release())
  },
  transaction: () =>
    transaction(database, async ({ kysely, prisma }) => {
      await sql`select pg_sleep(0.01)`.execute(kysely)
      await sleep(10)
      await prisma.$queryRaw`select 1`
    }),
  copy: () =>
    transaction(database, async ({ client }) => {
      await client.query('create temporary table copied (n int) on commit drop')
      await pipeline(Readable.from(slowLines()), client.query(copyFrom('copy copied from stdin')))
    }),
  queue: () => queue.add({ name: 'unheard', parse: () => null }, { id: crypto.randomUUID(), name: 'x', data: null }),
}

const stop = new AbortController()
process.stdin.resume().on('end', () => stop.abort())

const listening = listen({
  url,
  channel: 'on_and_on',
  heard: () => report('listen', 'ok'),
  lost: () => report('listen', 'failed'),
  retryMs: 10,
})
await queue.process({ name: 'unheard', parse: () => null }, async () => {}, { concurrency: 2 })
report('process', 'ready')
await Promise.all(Object.entries(ways).map(([name, once]) => onAndOn(name, once)))
await listening.close()
await queue.close()
await database.close()

async function onAndOn(way: string, once: () => Promise<unknown>): Promise<void> {
  while (!stop.signal.aborted) {
    try {
      await once()
      report(way, 'ok')
    } catch {
      report(way, 'failed')
      await sleep(5)
    }
  }
}

function report(way: string, what: string): void {
  process.stdout.write(`${way} ${what}\n`)
}

async function* slowLines(): AsyncIterable<string> {
  for (let n = 0; n < 5; n++) {
    await sleep(4)
    yield `${n}\n`
  }
}
