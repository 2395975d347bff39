import { parseReading, printCursor, type ReadingInput } from '@strata/domain/dataset'
import { datasetQueries } from '@strata/infrastructure/postgres'
import { measured, quantile } from './fixture/measured.ts'
import { openFilledArchive, type FilledArchive } from './fixture/open-filled-archive.ts'

/**
 * Measures reads of a large table: a page near its end compared with the first one, and effective rows compared with the bare table and
 * the same filter, in the same run. It measures twice: with all records computed by the live release, and with only a part, as during
 * a backfill. Then it measures `setLive` with the next read. It does all of this again with a tenth of the records revised.
 */
const rows = Number(process.argv[2] ?? 10_000_000)
const again = Math.round(rows * 0.3)
const times = Number(process.argv[3] ?? 40)
let fails = false

type Table = 'records' | 'residues'

/** An order of each kind that a table has: of publishing, by a number, and by a text. */
const orders = {
  records: [[], [{ column: 'n', direction: 'ASC' }], [{ column: 'name', direction: 'DESC' }]],
  residues: [[], [{ column: 'score', direction: 'ASC' }], [{ column: 'chain', direction: 'DESC' }]],
}

await using parts = new AsyncDisposableStack()
let archive: FilledArchive
for (const revised of [false, true]) {
  archive = parts.use(await openFilledArchive({ rows, again, revised }))
  console.log(`${rows.toLocaleString('en')} rows of release 1, ${again.toLocaleString('en')} of release 2; milliseconds`)
  if (revised) console.log('a tenth of the records revised, with their rows')
  await measure()
}
process.exitCode = fails ? 1 : 0

async function measure(): Promise<void> {
  await pages('records')
  await pages('residues')
  await against('all by the live release')
  await move(2)
  await pages('residues')
  await against('three tenths by the live release')
  await move(1)
  const reads: number[] = []
  const { times: moved } = await measured(times, async (i) => {
    await move(1 + ((i + 1) % 2))
    reads.push(
      await timed(() =>
        archive.ask('{ rows(convention: "bench", table: "residues", first: 50) { totalCount nodes { id values stale } } }'),
      ),
    )
  })
  const moves = moved.map((both, i) => both - (reads.at(i - moved.length) ?? 0))
  for (const [name, took, bar] of [
    ['setLive', moves, '  (bar: 100)'],
    ['and the next read', reads, ''],
  ] as const) {
    report(name, `p50 ${median(took)}   p99 ${quantile(took, 0.99).toFixed(1)}${bar}`)
  }
  fails ||= quantile(moves, 0.5) > 100
}

async function pages(table: Table): Promise<void> {
  for (const orderBy of orders[table]) {
    const first = await page(table, orderBy)
    const late = await page(table, orderBy, await cursorNearTheEnd(table, { orderBy }))
    const ratio = quantile(late, 0.5) / quantile(first, 0.5)
    fails ||= ratio > 1.5
    report(
      `${table} by ${orderBy[0]?.column ?? 'publishing'}`,
      `first ${median(first)}   at nine tenths ${median(late)}   ratio ${ratio.toFixed(2)}  (bar: 1.5)`,
    )
  }
}

async function page(table: Table, orderBy: readonly object[], after?: string): Promise<readonly number[]> {
  const { times: took } = await measured(times, () =>
    archive.ask(
      'query ($table: String!, $orderBy: [OrderBy!], $after: String) { rows(convention: "bench", table: $table, orderBy: $orderBy, first: 50, after: $after) { nodes { id values stale } pageInfo { endCursor } } }',
      { table, orderBy, after },
    ),
  )
  return took
}

/** The cursor of the page after nine tenths of the rows, found by SQL and printed like the archive does. */
async function cursorNearTheEnd(
  table: Table,
  input: Omit<ReadingInput, 'table'> & { readonly orderBy: readonly { readonly column?: string; readonly direction?: string }[] },
) {
  const dataset = await datasetQueries(archive.database).readable('bench')
  if (dataset === undefined) throw new Error('there is no dataset')
  const [key] = input.orderBy
  const direction = key?.direction ?? 'asc'
  const ties = table === 'records' ? ['_record'] : ['_record', '_ordinal']
  const order = [...(key?.column === undefined ? [] : [key.column]), ...ties].map((column) => `${column} ${direction}`).join(', ')
  const from = table === 'records' ? 'metadata.bench_v1' : 'features.residues where _version = 1'
  const total = table === 'records' ? rows / 10 : rows
  const found = await archive.database.pool.query(
    `select ${ties.join(', ')}${key === undefined ? '' : `, ${key.column} as key`} from ${from} order by ${order} offset $1 limit 1`,
    [Math.round(total * 0.9)],
  )
  const [place] = found.rows
  const reading = parseReading(dataset, { table, ...input })
  return printCursor(reading, { keys: key === undefined ? [] : [keyOf(place.key)], record: place._record, ordinal: place._ordinal ?? 0 })
}

/** The driver reads whole numbers of 64 bits as bigint. */
function keyOf(value: unknown): string | number {
  return typeof value === 'bigint' ? Number(value) : (value as string | number)
}

/** Runs the same query on the archive and on the bare table, alternating. */
async function against(state: string): Promise<void> {
  const bare: number[] = []
  const ours: number[] = []
  for (let i = 0; i < 4; i++) {
    bare.push(
      await timed(() =>
        archive.database.pool.query('select count(*), avg(score) from features.residues where score > 0.25 and residue < 900'),
      ),
    )
    ours.push(
      await timed(() =>
        archive.ask(`{ aggregate(convention: "bench", table: "residues", measures: [{ op: COUNT }, { op: AVG, column: "score" }],
          filter: { all: [{ gt: { column: "score", value: 0.25 } }, { lt: { column: "residue", value: 900 } }] }) { measures } }`),
      ),
    )
  }
  const ratio = quantile(ours, 0.5) / quantile(bare, 0.5)
  fails ||= ratio > 2
  report(state, `bare ${median(bare)}   rows that count ${median(ours)}   ratio ${ratio.toFixed(2)}  (bar: 2)`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function move(version: number): Promise<void> {
  await archive.ask(`mutation { setLive(input: { hook: "residues", version: ${version} }) { hook { name } } }`)
}

function median(values: readonly number[]): string {
  return quantile(values, 0.5).toFixed(1)
}

function report(name: string, line: string): void {
  console.log(`${name.padEnd(34)} ${line}`)
}
