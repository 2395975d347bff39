import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { passedInstant } from '../reading/passed-instant.ts'
import { credentialsIn, startNodeProcess, type RunningNode } from '../standalone/running-node.ts'
import { eventually } from '../support/eventually.ts'
import { graphqlClient } from '../support/graphql-client.ts'
import { createTestDatabase, manifest, temporaryDirectory } from '../support/index.ts'
import { archiveOracle, catalogueOf, shuffled, type Counted } from './catalogue-oracle.ts'
import { importInParts } from './import-in-parts.ts'
import { takeBack } from './taking-back.ts'

const size = 2_000
const pulls = 5
const linesPerPart = 400

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
/** One over the resolution, so that each row says of which content it is. */
const inverse = {
  name: 'inverse',
  feature: { table: { cardinality: 'ONE', columns: [{ name: 'value', type: 'NUMBER', required: true }] } },
  release: {
    runtime: { module: { source: 'export default ({ record }) => ({ value: 1 / record.metadata.resolution })' } },
    sourceRef: 'git:https://example.org/inverse@1',
  },
}

test(
  `a catalogue that is pulled ${pulls} times is in the archive what it is, and was what it was, also after kill -9`,
  { timeout: 3_600_000 },
  async () => {
    await using data = await temporaryDirectory()
    await using database = await createTestDatabase()
    const catalogue = catalogueOf(size, 16)
    const oracle = archiveOracle()
    const gone: string[] = []
    const past: {
      readonly at: Date
      readonly counting: ReadonlyMap<string, Counted>
      readonly citation: string
      readonly cited: number
    }[] = []
    let node: RunningNode = await start()
    await using _ = { [Symbol.asyncDispose]: () => node[Symbol.asyncDispose]() }
    await asked(deploy, { input: manifest({ hooks: [inverse] }) })

    for (let pull = 0; pull <= pulls; pull += 1) {
      const { gone: left } = pull === 0 ? { gone: [] } : catalogue.change()
      const poisoned = [...catalogue.entries.keys()][Math.floor(catalogue.random() * catalogue.entries.size)] ?? ''
      // One that was withdrawn before comes again.
      const sent = shuffled([...catalogue.entries.keys(), ...gone.slice(0, 1)], catalogue.random)
      const lines = sent.map((id) => lineOf(id, poisoned))

      if (pull > 0) await breakOff(sent, lines, poisoned)
      const { answers, done } = await importInParts(credentialsIn(data.path), lines, { size: linesPerPart })
      // What the broken-off import had published is a duplicate now: the oracle knows of it.
      const expected = sent.map((id) => (id === poisoned ? 'INVALID' : oracle.publish(id, entryOf(id))))
      expect(answers.map(({ status }) => status)).toEqual(expected)
      const count = (status: string) => expected.filter((one) => one === status).length
      expect(done).toMatchObject({
        published: count('PUBLISHED'),
        revised: count('REVISED'),
        duplicate: count('DUPLICATE'),
        changed: 0,
        invalid: count('INVALID'),
      })
      const withdrawn = left.filter((id) => oracle.counting().has(id))
      for (const id of withdrawn) {
        await takeBack(database, await recordOf(id))
        oracle.takeBack(id)
      }
      gone.push(...withdrawn)

      await settled()
      const counting = oracle.counting()
      await isWhatItShouldBe(counting)
      const cite =
        'mutation { cite(convention: "proteins", table: "inverse", filter: { gt: { column: "value", value: 0.3 } }) { id rowCount } }'
      const { id: citation, rowCount } = (await asked(cite)).cite
      past.push({ at: await passedInstant(database), counting, citation, cited: Number(rowCount) })
      expect(Number(rowCount)).toBe(largeOf(counting))
    }

    for (const { at, counting, citation, cited } of past) {
      expect(await download(`/data/proteins/records.csv?asOf=${at.toISOString()}`)).toEqual(recordsOf(counting))
      expect(await download(`/data/proteins/inverse.csv?asOf=${at.toISOString()}`)).toEqual(rowsOf(counting))
      const opened = await asked('query ($id: ID!) { citation(id: $id) { rowCount rows { totalCount } } }', { id: citation })
      expect(Number(opened.citation.rowCount)).toBe(cited)
      expect(opened.citation.rows.totalCount).toBe(cited)
    }

    /** The node dies while a part of the import is under way. What it answered is kept; what it had begun may be there, too. */
    async function breakOff(sent: readonly string[], lines: readonly string[], poisoned: string): Promise<void> {
      const after = Math.floor((catalogue.random() * sent.length) / linesPerPart)
      const killed = node
      const interrupt = { after, by: () => void killed.process.kill('SIGKILL') }
      const { answers } = await importInParts(credentialsIn(data.path), lines, { size: linesPerPart, interrupt })
      expect(await killed.ended).toBe('SIGKILL')
      expect(answers.length).toBeGreaterThanOrEqual(after * linesPerPart)
      node = await start()
      // The server ends the transaction of a client that is gone a moment later.
      await eventually(async () => expect(await query(openTransactions)).toEqual([]))
      const published = new Set(
        (await query(`select source ->> 'id' as id, metadata from record`)).map(({ id, metadata }) => `${id} ${metadata.resolution}`),
      )
      for (const [n, id] of sent.entries()) {
        if (id === poisoned) continue
        const isPublished = published.has(`${id} ${entryOf(id).resolution}`)
        if (n < answers.length && !gone.includes(id)) expect(isPublished, `the line of ${id} was answered`).toBe(true)
        if (isPublished) oracle.publish(id, entryOf(id))
      }
      await isConsistent()
      expect(await download('/data/proteins/records.csv')).toEqual(recordsOf(oracle.counting()))
    }

    async function isWhatItShouldBe(counting: ReadonlyMap<string, Counted>): Promise<void> {
      expect(await download('/data/proteins/records.csv')).toEqual(recordsOf(counting))
      expect(await download('/data/proteins/inverse.csv')).toEqual(rowsOf(counting))
      const said = await asked(`{
      records(convention: "proteins") { totalCount }
      dataset(convention: "proteins") { tables { name rowCount coverage { records fresh missing } } }
      all: rows(convention: "proteins", table: "records", versions: ALL, first: 1) { totalCount }
      counting: rows(convention: "proteins", table: "inverse", first: 1) { totalCount }
      counted: aggregate(convention: "proteins", table: "inverse", measures: [{ op: COUNT }]) { measures }
      buckets: histogram(convention: "proteins", table: "records", column: "resolution") { buckets { count } }
    }`)
      const n = counting.size
      expect(said.records.totalCount).toBe(n)
      expect(said.dataset.tables).toEqual([
        { name: 'records', rowCount: n, coverage: null },
        { name: 'inverse', rowCount: n, coverage: { records: n, fresh: n, missing: 0 } },
      ])
      expect(said.all.totalCount).toBe(oracle.versionCount())
      // Hooks run over what is new, and once over each version.
      expect(await query('select count(*)::int as n from run_outcome')).toEqual([{ n: oracle.versionCount() }])
      expect(said.counting.totalCount).toBe(n)
      expect(said.counted).toEqual([{ measures: { count: n } }])
      expect(said.buckets.buckets.reduce((sum: number, { count }: { count: number }) => sum + Number(count), 0)).toBe(n)
      await isConsistent()
    }

    async function isConsistent(): Promise<void> {
      const counts = postgres.verifiedCounts(database)
      expect([...(await counts.wrongRecordCounts()), ...(await counts.wrongCoverage('inverse'))]).toEqual([])
    }

    async function start(): Promise<RunningNode> {
      const started = startNodeProcess(data.path, { DATABASE_URL: database.url })
      await started.wrote('Strata is ready')
      return started
    }

    async function settled(): Promise<void> {
      const open = `select (select count(*) from outbox where handled_at is null) + (select count(*) from hook_run where finished_at is null) as n`
      await eventually(async () => expect(await query(open)).toEqual([{ n: 0n }]), { timeout: 600_000, interval: 200 })
      expect(
        await query(
          `select status, failure_message from hook_run where status <> 'PASSED' and not exists (select from hook_run again where again.retry_of = hook_run.id)`,
        ),
      ).toEqual([])
    }

    async function asked(text: string, variables?: Record<string, unknown>) {
      const { url, token } = credentialsIn(data.path)
      const { data: answer, errors } = await graphqlClient(url, token)(text, variables)
      expect(errors).toEqual([])
      return answer
    }

    async function download(path: string): Promise<readonly string[]> {
      const answer = await fetch(new URL(path, credentialsIn(data.path).url))
      expect(answer.status).toBe(200)
      const [header = '', ...lines] = (await answer.text()).trim().split('\n')
      const at = (name: string) => header.split(',').indexOf(name)
      return lines
        .map((line) => line.split(','))
        .map(
          (cells) =>
            `${versionOf(cells[at('_record')])} ${at('pdb_id') < 0 ? '' : `${cells[at('pdb_id')]} `}${cells[at(at('pdb_id') < 0 ? 'value' : 'resolution')]}`,
        )
        .toSorted()
    }

    async function query(text: string) {
      return (await database.pool.query(text)).rows
    }

    async function recordOf(id: string): Promise<string> {
      return (await database.pool.query(`select id from record where source ->> 'id' = $1 and version = 1`, [id])).rows[0].id
    }

    function entryOf(id: string) {
      return catalogue.entries.get(id) ?? { pdb_id: id, resolution: 1 }
    }

    function lineOf(id: string, poisoned: string): string {
      return JSON.stringify({ sourceId: id, metadata: id === poisoned ? { pdb_id: 'not a name' } : entryOf(id) })
    }
  },
)

const openTransactions = `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null`

const versionOf = (srn: string | undefined) => (srn ?? '').slice((srn ?? '').lastIndexOf('@'))
const recordsOf = (counting: ReadonlyMap<string, Counted>) =>
  [...counting.values()].map(({ version, entry }) => `@${version} ${entry.pdb_id} ${entry.resolution}`).toSorted()
const rowsOf = (counting: ReadonlyMap<string, Counted>) =>
  [...counting.values()].map(({ version, entry }) => `@${version} ${1 / entry.resolution}`).toSorted()
const largeOf = (counting: ReadonlyMap<string, Counted>) => [...counting.values()].filter(({ entry }) => 1 / entry.resolution > 0.3).length
