import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'
import { eventually } from '../support/eventually.ts'

const publishing = 'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount warnings } }'
const records = (...names: readonly string[]) => ({
  input: {
    convention: 'proteins',
    source: { import: { sourceNode: 'rcsb.org' } },
    records: names.map((name) => ({ sourceId: name, metadata: { pdb_id: name } })),
  },
})
const permanent = expect.stringMatching(/permanent.*"localhost".*STRATA_DOMAIN/)

async function open(topology: (typeof topologies)[number], settings: Record<string, string> = {}) {
  const lines: string[] = []
  const archive = await openArchive(
    topology,
    { STRATA_LOG_LEVEL: 'warn', STRATA_LOG_FORMAT: 'json', ...settings },
    { logged: (line) => void lines.push(line) },
  )
  const { errors } = await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input: manifest() })
  expect(errors).toEqual([])
  return { archive, warnings: () => lines.filter((line) => line.includes('permanent')).length }
}

test.each(topologies)('in %s, the first record warns in the answer and in the log, once, while no domain is set', async (topology) => {
  const { archive, warnings } = await open(topology)
  await using _ = archive
  expect((await archive.ask(publishing, records('hello'))).data).toEqual({ publishRecords: { publishedCount: 0, warnings: [] } })
  expect(warnings()).toBe(0)
  expect((await archive.ask(publishing, records('hello', '4hhb', '1crn'))).data).toEqual({
    publishRecords: { publishedCount: 2, warnings: [permanent] },
  })
  expect(warnings()).toBe(1)
  expect((await archive.ask(publishing, records('4hhb', '2abc'))).data).toEqual({ publishRecords: { publishedCount: 1, warnings: [] } })
  expect(warnings()).toBe(1)
})

test.each(topologies)('in %s, nothing is said when a domain is set', async (topology) => {
  const { archive, warnings } = await open(topology, { STRATA_DOMAIN: 'archive.example.org' })
  await using _ = archive
  expect((await archive.ask(publishing, records('4hhb'))).data).toEqual({ publishRecords: { publishedCount: 1, warnings: [] } })
  expect(warnings()).toBe(0)
})

test('the last line of an import that published the first record says it', async () => {
  const { archive, warnings } = await open('one process')
  await using _ = archive
  const response = await fetch(`${archive.url}/import/proteins?sourceNode=rcsb.org`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await archive.sign({ roles: ['ADMIN'] })}`, 'content-type': 'application/x-ndjson' },
    body: ['hello', '4hhb', '1crn'].map((name) => JSON.stringify({ sourceId: name, metadata: { pdb_id: name } })).join('\n'),
  })
  const lines = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ warnings }) => warnings)).toEqual([undefined, undefined, undefined, [permanent]])
  expect(warnings()).toBe(1)
})

test('a deposit that is the first record is in the log', async () => {
  const { archive, warnings } = await open('one process')
  await using _ = archive
  await deposit(archive)
  await eventually(() => expect(warnings()).toBe(1))
})

test.each(['README.md', 'docs/import.md', 'docs/deposits.md'])('%s says so before it publishes anything', (page) => {
  const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8')
  const first = text.indexOf('STRATA_DOMAIN')
  expect(first).toBeGreaterThan(0)
  for (const publishing of ['publishRecords', '/import/', 'createDeposition']) expect(text.slice(0, first)).not.toContain(publishing)
})

async function deposit(archive: TestArchive): Promise<void> {
  const ask = await archive.as({ subject: 'ada', roles: ['DEPOSITOR'] })
  const { data } = await ask('mutation { createDeposition(input: { convention: "proteins", metadata: { pdb_id: "4hhb" } }) { srn } }')
  const { errors } = await ask('mutation ($srn: SRN!) { submitDeposition(srn: $srn) { status } }', { srn: data.createDeposition.srn })
  expect(errors).toEqual([])
}
