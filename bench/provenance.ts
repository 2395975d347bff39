import { openFilledArchive } from './fixture/open-filled-archive.ts'
import { measured, quantile, type Measured } from './fixture/measured.ts'

/**
 * Measures queries about provenance in a large archive, through the gateway over HTTP: `why`, `blastRadius`, `setLive` with the next
 * read, and `releaseDiff`. The lower bound, printed beside them, is an empty call over the same path.
 */
const rows = Number(process.argv[2] ?? 10_000_000)
const again = Math.min(rows, 50_000)
const times = Number(process.argv[3] ?? 300)

await using archive = await openFilledArchive({ rows, again })
const { ask, database } = archive

const sampled = await database.pool.query<{ id: string }>(
  `select 'residues:' || _run || ':' || _record || ':' || _ordinal as id from features.residues tablesample bernoulli(${Math.min(100, (times * 200) / rows)})`,
)
const ids = sampled.rows
  .map(({ id }) => id)
  .toSorted(() => Math.random() - 0.5)
  .slice(0, times)
const nothing = await measured(times, () => ask('{ __typename }'))
const why = await measured(ids.length, (i) =>
  ask(
    `query ($row: ID!) { why(row: $row) { row { id values } record { srn metadata } run { id status inputDigest outputDigest attempts { number } }
    release { version sourceRef state } ran { digest config limits } madeLiveBy { at actor } counts staleBecause supersedes { id values } } }`,
    { row: ids[i] },
  ),
)
const { rows: releases } = await database.pool.query<{ id: string; digest: string }>(
  `select id, runtime ->> 'digest' as digest from hook_release order by version`,
)
const blast = await measured(20, () =>
  ask(
    `query ($of: BlastRadiusOf!) { blastRadius(of: $of) { recordCount rowCount effectiveRowCount releases { version } runs { totalCount nodes { id } } records { totalCount nodes { srn } } } }`,
    { of: { digest: releases[1]?.digest } },
  ),
)
const move = await measured(20, async (i) => {
  await ask(`mutation { setLive(input: { hook: "residues", version: ${2 - (i % 2)} }) { hook { name } } }`)
  await ask('{ rows(convention: "bench", table: "residues", first: 50) { totalCount nodes { id values stale } } }')
})
const diff = await measured(3, () =>
  ask(
    '{ releaseDiff(hook: "residues", from: 1, to: 2) { recordCount added removed changed unchanged columns { column changed } examples { before after } } }',
  ),
)

console.log(`${rows.toLocaleString('en')} rows of release 1, ${again.toLocaleString('en')} of release 2; milliseconds through the gateway`)
print('nothing', nothing)
print('why', why, 'p99 below 50')
print('blastRadius', blast, `of the ${again.toLocaleString('en')} rows: below 100`)
print('setLive + read', move, 'whatever the number of rows')
print('releaseDiff', diff, `over ${(again / 10).toLocaleString('en')} records`)

function print(name: string, { times, processor }: Measured, note = ''): void {
  const [median, high, spent] = [quantile(times, 0.5), quantile(times, 0.99), processor].map((each) => each.toFixed(1).padStart(8))
  console.log(`${name.padEnd(16)} p50 ${median}   p99 ${high}   processor ${spent}   ${note}`)
}
