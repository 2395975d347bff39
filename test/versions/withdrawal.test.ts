import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type Ask, type TestArchive } from '../support/index.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish = `mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) {
  results { status srn findings { kind message field } } } }`
const withdraw = `mutation ($input: WithdrawRecordInput!) { withdrawRecord(input: $input) {
  srn withdrawn { kind reason by at } } }`
const restore = 'mutation ($srn: SRN!, $reason: String!) { restoreRecord(srn: $srn, reason: $reason) { srn withdrawn { kind } } }'

describe.each(topologies)('withdrawing a record in an archive in %s', (topology) => {
  let archive: TestArchive
  let curator: Ask
  let admin: Ask
  let sources = 0
  beforeAll(async () => {
    archive = await openArchive(topology)
    admin = archive.ask
    curator = await archive.as({ subject: 'carla', roles: ['CURATOR'] })
    expect((await admin(deploy, { input: manifest() })).errors).toEqual([])
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  async function send(sourceId: string, metadata: object = { pdb_id: '1abc' }) {
    const input = {
      convention: 'proteins',
      source: { import: { sourceNode: 'rcsb.org' } },
      records: [{ sourceId, metadata }],
      onChange: 'REVISE',
    }
    return (await admin(publish, { input })).data.publishRecords.results[0]
  }
  async function published(versions = 1): Promise<{ srn: string; sourceId: string }> {
    const sourceId = `w${(sources += 1)}`
    for (let n = 1; n < versions; n += 1) await send(sourceId, { pdb_id: `${n}old` })
    const { srn } = await send(sourceId)
    return { srn: srn.replace(/@\d+$/, ''), sourceId }
  }
  const retract = (srn: string, reason = 'The structure was fabricated.') =>
    curator(withdraw, { input: { srn, kind: 'RETRACTED', reason } })
  const record = async (srn: string, fields: string) =>
    (await admin(`query ($srn: SRN!) { record(srn: $srn) { ${fields} } }`, { srn })).data.record
  async function counted(asOf?: string) {
    const when = asOf === undefined ? '' : `, asOf: "${asOf}"`
    const { data, errors } = await admin(`{
      rows(convention: "proteins", table: "records", first: 1000${when}) { totalCount nodes { record { srn } } }
      records(convention: "proteins", first: 1000) { totalCount nodes { srn } }
      dataset(convention: "proteins") { tables { rowCount } } }`)
    expect(errors).toEqual([])
    expect(data.rows.nodes).toHaveLength(data.rows.totalCount)
    expect(data.records.nodes).toHaveLength(data.records.totalCount)
    expect(Number(data.dataset.tables[0].rowCount)).toBe(data.records.totalCount)
    return {
      rows: data.rows.totalCount,
      records: data.records.totalCount,
      srns: data.rows.nodes.map((row: { record: { srn: string } }) => row.record.srn),
    }
  }

  test('a retracted record is readable by its address and at earlier times, is marked, and does not count', async () => {
    const { srn } = await published(2)
    const before = await counted()
    const { data, errors } = await retract(srn)
    expect(errors).toEqual([])
    const withdrawn = { kind: 'RETRACTED', reason: 'The structure was fabricated.', by: 'user:carla', at: expect.any(String) }
    expect(data.withdrawRecord).toEqual({ srn: `${srn}@2`, withdrawn })
    for (const version of [1, 2]) {
      expect(await record(`${srn}@${version}`, 'withdrawn { kind reason by at } metadata')).toEqual({
        withdrawn,
        metadata: { pdb_id: version === 1 ? '1old' : '1abc' },
      })
    }
    const after = await counted()
    expect(after).toMatchObject({ rows: before.rows - 1, records: before.records - 1 })
    expect(after.srns).not.toContain(`${srn}@2`)
    const justBefore = new Date(new Date(data.withdrawRecord.withdrawn.at).getTime() - 1).toISOString()
    expect((await counted(justBefore)).srns).toContain(`${srn}@2`)
  })

  test('a restored record counts again, with its newest version', async () => {
    const { srn, sourceId } = await published(2)
    const before = await counted()
    await retract(srn)
    expect(await send(sourceId, { pdb_id: '3new' })).toMatchObject({
      status: 'INVALID',
      findings: [{ kind: 'WITHDRAWN', field: 'sourceId', message: expect.stringContaining('A curator can restore it.') }],
    })
    const restored = await curator(restore, { srn, reason: 'The accusation was wrong.' })
    expect(restored).toMatchObject({ errors: [], data: { restoreRecord: { srn: `${srn}@2`, withdrawn: null } } })
    expect(await counted()).toEqual(before)
    expect(await send(sourceId, { pdb_id: '3new' })).toMatchObject({ status: 'REVISED', srn: `${srn}@3` })
    expect(await counted()).toMatchObject({ rows: before.rows })
    expect((await retract(`${srn}@1`, 'It was wrong after all.')).data.withdrawRecord).toMatchObject({
      srn: `${srn}@1`,
      withdrawn: { reason: 'It was wrong after all.' },
    })
    expect(await counted()).toMatchObject({ rows: before.rows - 1 })
  })

  test('the address of a record answers people and programs, marks a retraction, and is gone after a removal', async () => {
    const { srn } = await published(2)
    const get = (accept?: string, path = `/records/${srn}`) =>
      fetch(new URL(path, archive.url), accept === undefined ? {} : { headers: { accept } })
    const before = await get()
    expect([before.status, before.headers.get('strata-withdrawn'), before.headers.get('cache-control')]).toEqual([200, null, 'no-cache'])
    expect(await before.json()).toMatchObject({
      srn: `${srn}@2`,
      version: 2,
      versions: [`${srn}@2`, `${srn}@1`],
      metadata: { pdb_id: '1abc' },
      withdrawn: null,
    })
    expect(await (await get('text/html')).text()).not.toContain('role="alert"')
    expect((await get(undefined, `/records/${srn}@9`)).status).toBe(404)

    await retract(srn)
    const retracted = await get('text/html,application/xhtml+xml;q=0.9', `/records/${srn}@1`)
    expect([retracted.status, retracted.headers.get('strata-withdrawn')]).toEqual([200, 'retracted'])
    const page = await retracted.text()
    for (const said of ['role="alert"', 'Retracted', 'The structure was fabricated.', 'user:carla', '1old']) expect(page).toContain(said)
    expect(await (await get()).json()).toMatchObject({ metadata: { pdb_id: '1abc' }, withdrawn: { kind: 'RETRACTED', by: 'user:carla' } })

    await admin(withdraw, { input: { srn, kind: 'REMOVED', reason: 'Consent was withdrawn.', confirm: srn } })
    for (const accept of ['text/html', undefined]) {
      const gone = await get(accept, `/records/${srn}@1`)
      expect([gone.status, gone.headers.get('strata-withdrawn')]).toEqual([410, 'removed'])
      const text = await gone.text()
      expect(text).toContain('Consent was withdrawn.')
      expect(text).not.toContain('1old')
    }
    const file = await get(undefined, `/records/${srn}@1/files/a.txt`)
    expect([file.status, (await file.json()).errors[0].message]).toEqual([
      410,
      expect.stringContaining('and its files with it: Consent was withdrawn.'),
    ])
  })

  test('what is done to a record is in the audit log, with the actor', async () => {
    const { srn } = await published()
    await retract(srn)
    await curator(restore, { srn, reason: 'Wrong record.' })
    const { data } = await admin('{ auditLog(first: 2) { nodes { operation actor targets } } }')
    const id = srn.split(':').at(-1)
    expect(data.auditLog.nodes).toEqual([
      { operation: 'restoreRecord', actor: 'user:carla', targets: [`record:${srn}`, `record:${id}`] },
      { operation: 'withdrawRecord', actor: 'user:carla', targets: [`record:${srn}`, `record:${id}`] },
    ])
  })

  test('every misuse is refused with what happened and what to do', async () => {
    const { srn } = await published()
    const refusalOf = async (answer: ReturnType<Ask>) => {
      const { errors } = await answer
      expect(errors).toHaveLength(1)
      return { code: errors[0]?.extensions.code, field: errors[0]?.extensions.field, message: errors[0]?.message }
    }
    expect(await refusalOf(curator(restore, { srn, reason: 'Why not.' }))).toEqual({
      code: 'CONFLICT',
      field: 'srn',
      message: 'This record is not withdrawn: there is nothing to restore.',
    })
    expect(await refusalOf(retract(srn, '  '))).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.reason',
      message: expect.stringContaining('should say why'),
    })
    expect(await refusalOf(retract(srn, 'x'.repeat(2001)))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.reason' })
    const unknown = srn.replace(/[0-9a-f]{12}$/, '000000000000')
    for (const name of [unknown, `${srn}@7`]) {
      expect(await refusalOf(retract(name))).toEqual({
        code: 'NOT_FOUND',
        field: 'input.srn',
        message: `There is no record ${name} in this archive.`,
      })
    }
    const removal = { srn, kind: 'REMOVED', reason: 'A patient withdrew consent.' }
    expect(await refusalOf(admin(withdraw, { input: removal }))).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'input.confirm',
      message: `REMOVED erases all versions of this record for good. To confirm, send the SRN again as "confirm": ${srn}.`,
    })
    expect(await refusalOf(admin(withdraw, { input: { ...removal, confirm: `${srn}@1` } }))).toMatchObject({ field: 'input.confirm' })
    expect(await refusalOf(curator(withdraw, { input: { srn, kind: 'RETRACTED', reason: 'Wrong.', confirm: srn } }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.confirm',
    })
    expect(await refusalOf(curator(withdraw, { input: { ...removal, confirm: srn } }))).toMatchObject({ code: 'FORBIDDEN' })
    expect((await retract(srn)).errors).toEqual([])
    expect(await refusalOf(retract(srn))).toMatchObject({
      code: 'CONFLICT',
      field: 'input.srn',
      message: expect.stringMatching(/^This record was retracted by user:carla at .* already\. To give another reason, restore it/),
    })
    expect((await admin(withdraw, { input: { ...removal, confirm: srn } })).errors).toEqual([])
    expect(await refusalOf(admin(withdraw, { input: { ...removal, confirm: srn } }))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Nothing can be done to it any more.'),
    })
    expect(await refusalOf(curator(restore, { srn, reason: 'Why not.' }))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('its content was erased and cannot be restored.'),
    })
  })

  test('of withdrawals at once one wins, and the counts stay right', async () => {
    const { srn } = await published()
    const before = await counted()
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => retract(srn, `Reason ${n}.`)))
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
    expect(await counted()).toMatchObject({ rows: before.rows - 1 })
  })

  test('a removed record keeps its names and its versions, and nothing of what they said', async () => {
    const { srn, sourceId } = await published(3)
    const before = await counted()
    const input = { srn, kind: 'REMOVED', reason: 'A patient withdrew consent.', confirm: srn }
    expect((await admin(withdraw, { input })).errors).toEqual([])
    for (const version of [1, 2, 3]) {
      expect(
        await record(`${srn}@${version}`, 'version metadata note files { name } withdrawn { kind reason } newest { version }'),
      ).toEqual({
        version,
        metadata: {},
        note: null,
        files: [],
        withdrawn: { kind: 'REMOVED', reason: 'A patient withdrew consent.' },
        newest: { version: 3 },
      })
    }
    expect(await counted()).toMatchObject({ rows: before.rows - 1 })
    expect(await send(sourceId)).toMatchObject({
      status: 'INVALID',
      findings: [{ kind: 'WITHDRAWN', message: expect.stringContaining('What is removed cannot be published again.') }],
    })
  })
})
