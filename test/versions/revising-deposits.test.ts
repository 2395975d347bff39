import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'
import { depositorOn, type Depositor } from '../support/depositor.ts'
import { withdraw } from './taking-back.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const revising = `mutation ($srn: SRN!, $note: String) {
  it: reviseRecord(srn: $srn, note: $note) { srn status owner metadata note files { name digest size } record { srn } revises { srn version } } }`
const good = { pdb_id: '4hhb', resolution: 1.74 }

describe.each(topologies)('revising a deposited record in %s', (topology) => {
  let archive: TestArchive
  let alice: Depositor
  let curator: Depositor
  beforeAll(async () => {
    archive = await openArchive(topology)
    alice = await depositorOn(archive, { subject: 'alice', roles: ['DEPOSITOR'] })
    curator = await depositorOn(archive, { subject: 'carol', roles: ['CURATOR'] })
    const files = { acceptedTypes: ['.cif'], minCount: 0, maxCount: 2, maxFileSize: 1000 }
    for (const input of [manifest({ files }), manifest({ slug: 'reviewed', review: true })]) {
      expect((await archive.ask(deploy, { input })).errors).toEqual([])
    }
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  /** A record that alice deposited, by its SRN. */
  async function deposited(convention = 'proteins', file?: string): Promise<string> {
    const { srn } = await alice.create(convention, good)
    if (file !== undefined) await alice.addFile(srn, 'model.cif', file)
    await alice.submit(srn)
    if (convention === 'reviewed') {
      await alice.until(srn, 'IN_REVIEW')
      await curator.review(srn, 'APPROVE')
    }
    return (await alice.until(srn, 'PUBLISHED')).record.srn
  }
  async function revise(srn: string, note?: string, who: Depositor = alice) {
    const { data, errors } = await who.ask(revising, { srn, note })
    expect(errors).toEqual([])
    return data.it
  }
  const refused = (srn: string, who: Depositor = alice) => who.refusal(revising, { srn })
  const read = async (srn: string) => {
    const { data, errors } = await alice.ask(
      `query ($srn: SRN!) { record(srn: $srn) { srn version note metadata source { id } files { name digest } versions { srn } } }`,
      { srn },
    )
    expect(errors).toEqual([])
    return data.record
  }
  const base = (srn: string) => srn.replace(/@[0-9]+$/, '')

  test('a draft begins with the newest version, and becomes the next one with the source of the first', async () => {
    const first = await deposited('proteins', 'data_4HHB')
    const { source, files } = await read(first)
    const draft = await revise(first, 'The resolution was wrong.')
    expect(draft).toMatchObject({ status: 'DRAFT', owner: 'user:alice', metadata: good, record: null, revises: { srn: first, version: 1 } })
    expect(draft.files).toEqual([{ name: 'model.cif', digest: files[0].digest, size: 9 }])
    await alice.update(draft.srn, { ...good, resolution: 1.9 })
    await alice.submit(draft.srn)
    expect((await alice.until(draft.srn, 'PUBLISHED')).record.srn).toBe(`${base(first)}@2`)
    expect(await read(base(first))).toMatchObject({
      version: 2,
      note: 'The resolution was wrong.',
      metadata: { ...good, resolution: 1.9 },
      source,
      files,
      versions: [{ srn: `${base(first)}@2` }, { srn: first }],
    })
    expect((await read(first)).metadata).toEqual(good)

    const third = await revise(base(first))
    expect(third).toMatchObject({ metadata: { resolution: 1.9 }, revises: { version: 2 } })
    await alice.removeFile(third.srn, 'model.cif')
    await alice.submit(third.srn)
    await alice.until(third.srn, 'PUBLISHED')
    expect(await read(base(first))).toMatchObject({ version: 3, files: [] })
    expect((await read(first)).files).toEqual(files)
  })

  test('a curator reviews a revision, and who rejects it leaves the published version as it is', async () => {
    const first = await deposited('reviewed')
    const draft = await revise(first)
    await alice.update(draft.srn, { ...good, resolution: 2 })
    await alice.submit(draft.srn)
    await alice.until(draft.srn, 'IN_REVIEW')
    await curator.review(draft.srn, 'REJECT', 'Say which method.')
    expect((await read(base(first))).version).toBe(1)
    await alice.submit(draft.srn)
    await alice.until(draft.srn, 'IN_REVIEW')
    await curator.review(draft.srn, 'APPROVE')
    expect((await read(base(first))).version).toBe(2)
  })

  test('a draft that the schema refuses, or that changes nothing, comes back', async () => {
    const draft = await revise(await deposited())
    await alice.update(draft.srn, { pdb_id: 'no' })
    expect(await alice.submit(draft.srn)).toMatchObject({ status: 'DRAFT', findings: [{ hook: 'metadata', field: 'pdb_id' }] })
    await alice.update(draft.srn, good)
    await alice.submit(draft.srn)
    const [finding] = (await alice.until(draft.srn, 'DRAFT')).findings
    expect(finding).toMatchObject({ hook: 'record', kind: 'REJECTED', message: expect.stringContaining('says the same as version 1') })
  })

  test('when another version was published meanwhile it comes back, and replaces that one when submitted again', async () => {
    const first = await deposited('reviewed')
    const draft = await revise(first)
    await alice.update(draft.srn, { ...good, resolution: 3 })
    await alice.submit(draft.srn)
    await alice.until(draft.srn, 'IN_REVIEW')
    await otherVersion(base(first))
    const returned = await curator.review(draft.srn, 'APPROVE')
    expect(returned).toMatchObject({ status: 'DRAFT', record: null })
    expect(returned.findings).toEqual([
      expect.objectContaining({
        hook: 'record',
        kind: 'STALE_VERSION',
        message: expect.stringContaining('Version 2 of this record was published after this draft began from version 1.'),
      }),
    ])
    await alice.submit(draft.srn)
    await alice.until(draft.srn, 'IN_REVIEW')
    await curator.review(draft.srn, 'APPROVE')
    expect(await read(base(first))).toMatchObject({ version: 3, metadata: { resolution: 3 } })
  })

  test('when the record was withdrawn meanwhile it comes back', async () => {
    const first = await deposited('reviewed')
    const draft = await revise(first)
    await alice.update(draft.srn, { ...good, resolution: 3 })
    await alice.submit(draft.srn)
    await alice.until(draft.srn, 'IN_REVIEW')
    await withdraw(archive, first, 'RETRACTED')
    const returned = await curator.review(draft.srn, 'APPROVE')
    expect(returned).toMatchObject({ status: 'DRAFT', findings: [{ hook: 'record', kind: 'WITHDRAWN' }] })
    expect((await read(base(first))).version).toBe(1)
  })

  test('every misuse says what to do', async () => {
    const srn = await deposited()
    const bob = await depositorOn(archive, { subject: 'bob', roles: ['DEPOSITOR'] })
    expect(await refused(srn, bob)).toEqual({
      code: 'FORBIDDEN',
      field: 'srn',
      message: 'Only the person who deposited this record may revise it.',
    })
    expect(await refused(srn, curator)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refused('urn:osa:localhost:rec:0190a5e0-0000-7000-8000-000000000000')).toMatchObject({ code: 'NOT_FOUND', field: 'srn' })
    expect(await refused('urn:osa:elsewhere.example:rec:0190a5e0-0000-7000-8000-000000000000')).toMatchObject({ code: 'NOT_FOUND' })

    const importer = await archive.as({ subject: 'importer', scopes: ['records:write'] })
    const input = { convention: 'proteins', source: { import: { sourceNode: 'rcsb.org' } }, records: [{ sourceId: 'i', metadata: good }] }
    const { data } = await importer('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { srn } } }', {
      input,
    })
    expect(await refused(data.publishRecords.results[0].srn)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'This record did not come from a deposition but from "import": publish its next version from there, with onChange: REVISE.',
    })

    const draft = await revise(srn)
    expect(await refused(srn)).toEqual({
      code: 'CONFLICT',
      field: 'srn',
      message: `There is a draft of this record's next version: ${draft.srn}. Change and submit that one.`,
    })
    await alice.update(draft.srn, { ...good, resolution: 2 })
    await alice.submit(draft.srn)
    await alice.until(draft.srn, 'PUBLISHED')
    expect(await refused(srn)).toMatchObject({ code: 'STALE_VERSION', message: expect.stringContaining(`revise ${base(srn)}@2`) })
    expect(await alice.refusal(revising, { srn: base(srn), note: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'note' })

    await withdraw(archive, srn, 'RETRACTED')
    expect(await refused(srn)).toMatchObject({ code: 'WITHDRAWN', message: expect.stringContaining('Ask a curator to restore it first.') })
  })

  test('of many who open a draft of one record at once, one does', async () => {
    const srn = await deposited()
    const asked = await Promise.all(Array.from({ length: 6 }, () => alice.ask(revising, { srn })))
    expect(asked.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
    expect(asked.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code))).toEqual(Array<string>(5).fill('CONFLICT'))
  })

  test('an admin may open one for its owner', async () => {
    const admin = await depositorOn(archive, { subject: 'root', roles: ['ADMIN'] })
    expect(await revise(await deposited(), undefined, admin)).toMatchObject({ owner: 'user:alice' })
  })

  /** Another draft of the same record cannot be open, so the version is written beside the API. */
  async function otherVersion(name: string): Promise<void> {
    await archive.database.pool.query(
      `with revision as (
        insert into record (id, first_version, version, convention, schema_id, schema_version, source, metadata, published_at, published_by)
        select $2, id, 2, convention, schema_id, schema_version, source, '{"pdb_id": "1abc"}', clock_timestamp(), 'user:alice' from record where id = $1
        returning *
      ), typed as (
        insert into metadata.protein_v1 (_record, _convention, pdb_id) select id, convention, '1abc' from revision
      )
      insert into absence (record, convention, since) select $1, convention, published_at from revision`,
      [name.split(':').at(-1), crypto.randomUUID()],
    )
  }
})
