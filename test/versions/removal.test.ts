import { expect, test } from 'vitest'
import type { TestArchive } from '../support/index.ts'
import { depositorOn } from '../support/depositor.ts'
import { eventually } from '../support/eventually.ts'
import { erased, filesWith, findings, openSentences, remove, secret, tablesWith } from './removed-record.ts'

async function publish(archive: TestArchive, records: readonly object[]): Promise<{ srn: string; status: string }[]> {
  const { data, errors } = await archive.ask(
    'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { srn status findings { message } } } }',
    { input: { convention: 'sentences', source: { import: { sourceNode: 'here' } }, records, onChange: 'REVISE' } },
  )
  expect(errors).toEqual([])
  return data.publishRecords.results
}

const allEnded = (archive: TestArchive) =>
  eventually(async () => {
    const { rows } = await archive.database.pool.query(
      `select (select count(*)::int from outbox where handled_at is null) as events, (select count(*)::int from hook_run where finished_at is null) as runs`,
    )
    expect(rows).toEqual([{ events: 0, runs: 0 }])
  })

test('nothing that a removed record said is left in the database or the storage, and nothing else is touched', async () => {
  await using sentences = await openSentences()
  const { archive, directory } = sentences
  const admin = await depositorOn(archive, { subject: 'operator', roles: ['ADMIN'] })
  const own = await admin.upload(`content: ${secret}`)
  const shared = await admin.upload('content that another record has, too')
  const files = [
    { name: 'shared.txt', ...shared },
    { name: `${secret}.txt`, ...own },
  ]
  const [first] = await publish(archive, [
    { sourceId: 'a', metadata: { said: `${secret} one` }, files },
    { sourceId: 'other', metadata: { said: 'harmless' }, files: [{ name: 'shared.txt', ...shared }] },
    { sourceId: 'c', metadata: { said: `throw ${secret}` } },
  ])
  await allEnded(archive)
  await publish(archive, [{ sourceId: 'a', metadata: { said: `${secret} reject` }, note: `It said ${secret}.` }])
  await allEnded(archive)
  await publish(archive, [{ sourceId: 'a', metadata: { said: `${secret} three` } }])
  await allEnded(archive)
  const [run] = (await archive.database.pool.query('select id from hook_run order by id limit 1')).rows
  const reproduced = await archive.ask('mutation ($run: ID!) { reproduce(run: $run) { id } }', { run: run.id })
  expect(reproduced.errors).toEqual([])
  await eventually(async () => {
    const { rows } = await archive.database.pool.query(
      'select status, failure_message, (select count(*)::int from reproduction) as compared from hook_run where reproduces is not null',
    )
    expect(rows).toEqual([{ status: 'WARNINGS', failure_message: null, compared: 1 }])
  })
  await eventually(
    async () => expect((await archive.database.pool.query('select distinct run from run_file')).rowCount).toBeGreaterThanOrEqual(3),
    {
      timeout: 120_000,
    },
  )
  const before = await tablesWith(archive, secret)
  for (const name of [
    'public.record',
    'public.run_outcome',
    'public.record_file',
    'features.chatty',
    'metadata.sentence_v1',
    'public.reproduction',
  ])
    expect(before).toContain(name)
  expect(filesWith(directory, secret).length).toBeGreaterThan(3)

  for (const srn of [first?.srn ?? '', (await publish(archive, [{ sourceId: 'c', metadata: { said: `throw ${secret}` } }]))[0]?.srn ?? ''])
    await remove(archive, srn)
  await erased(archive)
  expect(await tablesWith(archive, secret)).toEqual([])
  expect(filesWith(directory, secret)).toEqual([])

  const { data, errors } = await archive.ask('{ rows(convention: "sentences", table: "chatty") { nodes { values } } }')
  expect(errors).toEqual([])
  expect(data.rows.nodes).toEqual([{ values: expect.objectContaining({ word: 'harmless' }) }])
  const download = (digest: string) => fetch(new URL(`/files/${digest}`, archive.url))
  expect(await (await download(shared.digest)).text()).toBe('content that another record has, too')
  expect((await download(own.digest)).status).toBe(404)
  const verified = await findings({ database: archive.database, config: sentences.config })
  expect(verified.findings).toEqual([])
  expect(verified.removals?.checked).toBeGreaterThan(7)
  // run.json still counts what it counted, as the outcomes do.
  const counted = await archive.database.pool.query(
    `select (run_json -> 'counts' ->> 'records')::int as said, (select count(*)::int from run_outcome where run = id) as found
     from hook_run where reproduces is null order by id`,
  )
  expect(counted.rows.map(({ said, found }) => said === found)).toEqual([true, true, true])
})

test('of a removed deposit, what was submitted before it was returned is erased, too', async () => {
  await using sentences = await openSentences()
  const { archive, directory } = sentences
  const alice = await depositorOn(archive, { subject: 'alice', roles: ['DEPOSITOR'] })
  const { srn } = await alice.create('sentences', { said: `${secret} reject` })
  await alice.addFile(srn, 'a.txt', `A file: ${secret}`)
  await alice.submit(srn)
  await eventually(async () => expect((await alice.see(srn)).findings).toHaveLength(1))
  await alice.update(srn, { said: `${secret} fine` })
  await alice.submit(srn)
  const { record } = await alice.until(srn, 'PUBLISHED')
  await allEnded(archive)
  expect(await tablesWith(archive, secret)).toEqual(
    expect.arrayContaining(['public.candidate', 'public.deposition', 'public.run_outcome', 'features.chatty']),
  )
  await remove(archive, record.srn)
  await erased(archive)
  expect(await tablesWith(archive, secret)).toEqual([])
  await eventually(() => expect(filesWith(directory, secret)).toEqual([]), { timeout: 120_000 })
  expect(await alice.see(srn)).toMatchObject({ status: 'PUBLISHED', metadata: {}, files: [], record: { srn: record.srn, metadata: {} } })
  expect((await findings({ database: archive.database, config: sentences.config })).findings).toEqual([])
})

test('of a removed deposit, an open draft of its next version is erased, too, with what was submitted of it', async () => {
  await using sentences = await openSentences()
  const { archive, directory } = sentences
  const alice = await depositorOn(archive, { subject: 'alice', roles: ['DEPOSITOR'] })
  const { srn } = await alice.create('sentences', { said: `${secret} fine` })
  await alice.submit(srn)
  const { record } = await alice.until(srn, 'PUBLISHED')
  const { data, errors } = await alice.ask('mutation ($srn: SRN!) { reviseRecord(srn: $srn, note: "More to come.") { srn } }', {
    srn: record.srn,
  })
  expect(errors).toEqual([])
  const draft = data.reviseRecord.srn
  await alice.update(draft, { said: `${secret} reject` })
  await alice.addFile(draft, 'b.txt', `Another file: ${secret}`)
  await alice.submit(draft)
  await eventually(async () => expect((await alice.see(draft)).findings).toHaveLength(1))
  await allEnded(archive)
  await remove(archive, record.srn)
  await erased(archive)
  expect(await tablesWith(archive, secret)).toEqual([])
  await eventually(() => expect(filesWith(directory, secret)).toEqual([]), { timeout: 120_000 })
  expect(await alice.see(draft)).toMatchObject({ status: 'DRAFT', metadata: {}, files: [], findings: [] })
  expect((await findings({ database: archive.database, config: sentences.config })).findings).toEqual([])
})
