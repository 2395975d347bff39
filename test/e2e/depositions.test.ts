import { digestOf } from '@strata/domain/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'
import { depositorOn, type Depositor } from '../support/depositor.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { changes { path summary } } }'
const good = { pdb_id: '4hhb', resolution: 1.74 }
/** Rejects what is coarse, never ends over what has no resolution, and scores the rest. */
const looks = `export default async ({ record, reject }) => {
  const { resolution } = record.metadata
  if (resolution === undefined) return new Promise((done) => setTimeout(done, 60_000))
  return resolution > 3 ? reject('the resolution is too low') : [{ score: 1 / resolution }]
}`
const hook = {
  name: 'pocket',
  feature: { table: { columns: [{ name: 'score', type: 'NUMBER' }] } },
  release: { runtime: { module: { source: looks } }, sourceRef: 'git:1' },
}

describe.each(topologies)('an archive in %s', (topology) => {
  let archive: TestArchive
  let alice: Depositor
  let curator: Depositor
  beforeAll(async () => {
    archive = await openArchive(topology)
    alice = await depositorOn(archive, { subject: 'alice', roles: ['DEPOSITOR'] })
    curator = await depositorOn(archive, { subject: 'carol', roles: ['CURATOR'] })
    const files = { acceptedTypes: ['.cif'], minCount: 1, maxCount: 2, maxFileSize: 1000 }
    for (const input of [
      manifest(),
      manifest({ slug: 'reviewed', review: true }),
      manifest({ slug: 'hooked', hooks: [hook] }),
      manifest({ slug: 'with-files', files }),
    ]) {
      expect((await archive.ask(deploy, { input })).errors).toEqual([])
    }
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  test('a draft becomes a record like any other', async () => {
    const draft = await alice.create('proteins')
    expect(draft).toMatchObject({ status: 'DRAFT', metadata: {}, findings: [], record: null, owner: 'user:alice' })
    expect(draft.srn).toMatch(/^urn:osa:localhost:dep:[0-9a-f-]{36}$/)
    await alice.update(draft.srn, good)
    const submitted = await alice.submit(draft.srn)
    expect(submitted).toMatchObject({ status: 'IN_VALIDATION', findings: [] })

    const published = await alice.until(draft.srn, 'PUBLISHED')
    const read = `query ($srn: SRN!) { record(srn: $srn) { metadata convention { slug } source { type id ... on DepositionSource { deposition { srn owner } } } } }`
    const variables = { srn: published.record.srn }
    const source = { type: 'DEPOSITION', id: draft.srn.split(':').at(-1) }
    expect((await alice.ask(read, variables)).data.record).toEqual({
      metadata: good,
      convention: { slug: 'proteins' },
      source: { ...source, deposition: { srn: draft.srn, owner: 'user:alice' } },
    })
    expect((await (await archive.as())(read, variables)).data.record.source).toEqual({ ...source, deposition: null })
    expect(await alice.refusal(alice.updating, { srn: draft.srn, metadata: {} })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('make a new deposition'),
    })
  })

  test('submitting a wrong draft lists all faults of metadata and files, and leaves it a draft', async () => {
    const { srn } = await alice.create('with-files', { resolution: 'high', organism: 'x' })
    for (const [name, content] of [
      ['a.cif', 'a'],
      ['b.exe', 'b'],
      ['c.cif', 'c'.repeat(5_000)],
    ] as const)
      await alice.addFile(srn, name, content)
    const { status, findings } = await alice.submit(srn)
    expect(status).toBe('DRAFT')
    expect(findings.map(({ hook, field }: { hook: string; field: string }) => `${hook}:${field}`)).toEqual([
      'metadata:organism',
      'metadata:pdb_id',
      'metadata:resolution',
      'files:null',
      'files:b.exe',
      'files:c.cif',
    ])
    expect(findings[0].message).toContain('Did you mean "organisms"?')

    await alice.removeFile(srn, 'b.exe')
    await alice.removeFile(srn, 'c.cif')
    const edited = await alice.update(srn, { resolution: 2 })
    expect(edited.findings).toHaveLength(6)
    expect(edited.files).toMatchObject([{ name: 'a.cif', size: 1 }])
    expect((await alice.submit(srn)).findings).toEqual([
      { hook: 'metadata', kind: 'INVALID_METADATA', field: 'pdb_id', message: '"pdb_id" is required.' },
    ])
  })

  test('files keep their order, adding the same one twice adds one, and another one with that name is refused', async () => {
    const { srn } = await alice.create('with-files')
    await alice.addFile(srn, 'b.cif', 'b')
    await alice.addFile(srn, 'a.cif', 'a')
    const again = await alice.addFile(srn, 'b.cif', 'b')
    expect(again.files.map(({ name }: { name: string }) => name)).toEqual(['b.cif', 'a.cif'])
    const other = await alice.upload('another')
    const file = (changes: object) => ({ srn, file: { name: 'b.cif', ...other, ...changes } })
    for (const name of ['b.cif', 'B.cif']) {
      expect(await alice.refusal(alice.addingFile, file({ name }))).toMatchObject({ code: 'CONFLICT', field: 'file.name' })
    }
    const digest = `sha256:${'0'.repeat(64)}`
    expect(await alice.refusal(alice.addingFile, file({ name: 'n', digest }))).toMatchObject({
      field: 'file.digest',
      message: expect.stringContaining('PUT /files'),
    })
    for (const name of ['', '..', 'a/b', 'a\\b', 'a\u0000', 'x'.repeat(300)]) {
      expect(await alice.refusal(alice.addingFile, file({ name }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'file.name' })
    }
    expect(await alice.refusal(alice.addingFile, file({ name: 'n', size: -1 }))).toMatchObject({ field: 'file.size' })
    expect(await alice.refusal(alice.removingFile, { srn, name: 'z' })).toMatchObject({ code: 'NOT_FOUND', field: 'name' })
  })

  test('the record gets the files, and a file that was removed from the draft may be swept', async () => {
    const { srn } = await alice.create('with-files', good)
    const { files } = await alice.addFile(srn, 'a.cif', 'atoms')
    expect(files).toEqual([
      { name: 'a.cif', size: 5, digest: expect.any(String), mediaType: 'chemical/x-cif', url: `/files/${files[0].digest}` },
    ])
    await alice.addFile(srn, 'b.cif', 'bonds')
    expect(await referenced(archive, 'bonds')).toBe(true)
    await alice.removeFile(srn, 'b.cif')
    expect(await referenced(archive, 'bonds')).toBe(false)
    await alice.submit(srn)
    const { record } = await alice.until(srn, 'PUBLISHED')
    const answer = await fetch(new URL(`/records/${record.srn}/files/a.cif`, archive.url))
    expect([answer.status, await answer.text()]).toEqual([200, 'atoms'])
  })

  test('a file that was removed from a draft stays if anything else has it', async () => {
    const [one, two] = [await alice.create('with-files'), await alice.create('with-files')]
    for (const { srn } of [one, two]) await alice.addFile(srn, 'a.cif', 'shared')
    await alice.removeFile(one.srn, 'a.cif')
    expect(await referenced(archive, 'shared')).toBe(true)
    await alice.removeFile(two.srn, 'a.cif')
    expect(await referenced(archive, 'shared')).toBe(false)
  })

  test('a curator rejects with a reason; the owner corrects it and submits again; the curator approves', async () => {
    const { srn } = await alice.create('reviewed', good)
    await alice.submit(srn)
    await alice.until(srn, 'IN_REVIEW')
    expect(await alice.refusal(alice.updating, { srn, metadata: {} })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('withdrawDeposition'),
    })
    expect(await curator.refusal(curator.reviewing, { srn, decision: 'REJECT' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' })
    await curator.review(srn, 'REJECT', 'Give the organism.')
    expect(await alice.see(srn)).toMatchObject({
      status: 'REJECTED',
      findings: [{ hook: 'review', kind: 'REJECTED', field: null, message: 'Give the organism.' }],
    })
    expect(await curator.refusal(curator.reviewing, { srn, decision: 'APPROVE' })).toMatchObject({ code: 'CONFLICT' })

    const mended = await alice.update(srn, { ...good, organisms: ['Homo sapiens'] })
    expect(mended).toMatchObject({ status: 'DRAFT', findings: [{ hook: 'review' }] })
    expect(await alice.submit(srn)).toMatchObject({ status: 'IN_VALIDATION', findings: [] })
    await alice.until(srn, 'IN_REVIEW')
    const approved = await curator.review(srn, 'APPROVE')
    expect(approved).toMatchObject({ status: 'PUBLISHED', record: { metadata: { organisms: ['Homo sapiens'] } } })
    const { rows } = await archive.database.pool.query(`select type, actor from outbox where payload ->> 'deposition' = $1 order by id`, [
      srn.split(':').at(-1),
    ])
    expect(rows.map(({ type, actor }) => `${actor} ${type.replace('Deposition', '')}`)).toEqual([
      'user:alice Created',
      'user:alice Submitted',
      'user:alice Forwarded',
      'user:carol Returned',
      'user:alice Returned',
      'user:alice Submitted',
      'user:alice Forwarded',
      'user:carol Published',
    ])
  })

  test('a deposition that no longer meets the requirements when a curator approves it goes back to its owner with findings', async () => {
    await archive.ask(deploy, { input: manifest({ slug: 'moving', review: true }) })
    const { srn } = await alice.create('moving', good)
    await alice.submit(srn)
    await alice.until(srn, 'IN_REVIEW')
    const fields = [...manifest().schema.fields, { name: 'doi', type: 'TEXT' }]
    await archive.ask(deploy, { input: manifest({ slug: 'moving', review: true, schema: { id: 'protein2', version: '1.0.0', fields } }) })
    expect(await curator.review(srn, 'APPROVE')).toMatchObject({ status: 'DRAFT', record: null, findings: [{ field: 'doi' }] })
  })

  test('a convention that begins to ask for review says so in its changes', async () => {
    const { data } = await archive.ask(deploy, { input: manifest({ review: true, dryRun: true }) })
    expect(data.deploy.changes).toMatchObject([{ path: 'review' }])
  })

  test('with hooks, it waits for them, cannot be changed meanwhile, and can be withdrawn', async () => {
    const { srn } = await alice.create('hooked', { pdb_id: '4hhb' })
    await alice.submit(srn)
    await expect.poll(() => unhandled(archive)).toBe(0)
    expect(await alice.see(srn)).toMatchObject({ status: 'IN_VALIDATION' })
    for (const [query, variables] of [
      [alice.updating, { srn, metadata: {} }],
      [alice.addingFile, { srn, file: { name: 'a', digest: `sha256:${'0'.repeat(64)}`, size: 1 } }],
      [alice.removingFile, { srn, name: 'a' }],
      [alice.submitting, { srn }],
    ] as const) {
      expect(await alice.refusal(query, variables)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('being validated') })
    }
    expect(await alice.withdraw(srn)).toMatchObject({ status: 'DRAFT', metadata: { pdb_id: '4hhb' } })
    const runs = () => archive.database.pool.query(`select status from hook_run where finished_at is null`)
    await expect.poll(async () => (await runs()).rows).toEqual([])
  })

  test('a deposition that a hook rejects comes back with the reason; corrected, it is published with its hook’s row', async () => {
    const { srn } = await alice.create('hooked', { pdb_id: '4hhb', resolution: 4 })
    await alice.submit(srn)
    expect(await alice.until(srn, 'DRAFT')).toMatchObject({
      findings: [{ hook: 'pocket', kind: 'REJECTED', message: 'the resolution is too low', field: null }],
    })
    await alice.update(srn, { pdb_id: '4hhb', resolution: 2 })
    await alice.submit(srn)
    const { record } = await alice.until(srn, 'PUBLISHED')
    const rows = `{ rows(convention: "hooked", table: "pocket") { totalCount nodes { values stale record { srn } run { status hook { name } release { version } } } } }`
    expect((await archive.ask(rows)).data.rows).toEqual({
      totalCount: 1,
      nodes: [
        {
          values: { score: 0.5 },
          stale: false,
          record: { srn: record.srn },
          run: { status: 'PASSED', hook: { name: 'pocket' }, release: { version: 1 } },
        },
      ],
    })
  })

  test('of two concurrent submissions, one succeeds and the other gets an error', async () => {
    const { srn } = await alice.create('hooked', { pdb_id: '4hhb' })
    const answers = await Promise.all(Array.from({ length: 6 }, () => alice.ask(alice.submitting, { srn })))
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code ?? 'OK').toSorted()
    expect(codes).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'CONFLICT', 'CONFLICT', 'OK'])
  })

  test('metadata that cannot be stored as given is refused at once', async () => {
    const { srn } = await alice.create('proteins')
    let deep: unknown = 1
    for (let i = 0; i < 5_000; i++) deep = { deep }
    for (const metadata of [{ a: 'x\u0000' }, { 'x\u0000': 1 }, { a: '\ud800' }, { deep }, [1], 'text', 5]) {
      expect(await alice.refusal(alice.updating, { srn, metadata })).toMatchObject({ code: 'BAD_USER_INPUT' })
    }
    const poison = JSON.parse('{"__proto__": {"a": 1}}')
    expect(await alice.refusal(alice.updating, { srn, metadata: poison })).toMatchObject({ code: 'BAD_USER_INPUT' })
    await alice.update(srn, { constructor: 2, toString: 'x', pdb_id: '4hhb' })
    const { findings } = await alice.submit(srn)
    expect(findings.map(({ field }: { field: string }) => field).toSorted()).toEqual(['constructor', 'toString'])
  })
})

async function referenced({ database }: TestArchive, content: string): Promise<boolean> {
  const digest = digestOf(content)
  const { rows } = await database.pool.query('select referenced_at is not null as is from file where digest = $1', [digest])
  return rows[0].is
}

async function unhandled({ database }: TestArchive): Promise<number> {
  const { rows } = await database.pool.query('select count(*)::int as n from outbox where handled_at is null')
  return rows[0].n
}
