import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { eventually } from '../support/eventually.ts'

const deploy = `mutation ($input: DeployInput!) { deploy(input: $input) { created } }`
const publish = `mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { srn } } }`
const provenance = `query ($of: ID!, $direction: ProvenanceDirection, $maxNodes: Int, $asOf: DateTime) {
  provenance(of: $of, direction: $direction, maxNodes: $maxNodes, asOf: $asOf) {
    root nodes { id kind label count expandable attributes } edges { from to relation count } omitted { kind count } } }`

describe.each(topologies)('in %s', (topology) => {
  let archive: TestArchive
  let srns: string[]
  let run: string
  beforeAll(async () => {
    archive = await openArchive(topology)
    await archive.ask(deploy, { input: manifestWithHooks([hookInput({})]) })
    const records = Array.from({ length: 12 }, (_, n) => ({ sourceId: `r${n}`, metadata: { n } }))
    const { data } = await archive.ask(publish, {
      input: { convention: 'numbers', source: { import: { sourceNode: 'pdb.example' } }, records },
    })
    srns = data.publishRecords.results.map(({ srn }: { srn: string }) => srn)
    run = await eventually(async () => {
      const { rows } = await archive.database.pool.query('select id from hook_run where finished_at is not null')
      expect(rows).toHaveLength(1)
      return rows[0].id
    })
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  test('the graph of a record has its causes and effects, with releases and agents', async () => {
    const { data, errors } = await archive.ask(provenance, { of: srns[3] })
    expect(errors).toEqual([])
    const { nodes, edges, omitted, root } = data.provenance
    expect(omitted).toEqual([])
    expect(nodes[0]).toMatchObject({ id: root, kind: 'RECORD', label: 'r3', count: 1, expandable: false, attributes: { srn: srns[3] } })
    expect(nodes.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual([
      'AGENT',
      'CONVENTION',
      'FEATURE_SET',
      'HOOK',
      'NODE',
      'RECORD',
      'RELEASE',
      'RUN',
      'SCHEMA',
      'SOURCE',
    ])
    const said = edges.map(({ from, relation, to }: Record<string, string>) => `${from} ${relation} ${to}`)
    expect(said).toEqual(
      expect.arrayContaining([
        `${root} WAS_DERIVED_FROM source:numbers/import/r3`,
        'source:numbers/import/r3 WAS_ATTRIBUTED_TO node:pdb.example',
        `${root} WAS_ATTRIBUTED_TO agent:user:operator`,
        `convention:numbers HAD_MEMBER ${root}`,
        `run:${run} USED ${root}`,
        `run:${run} HAD_PLAN release:doubled/1`,
        `feature-set:${run} WAS_GENERATED_BY run:${run}`,
        'release:doubled/1 SPECIALIZATION_OF hook:doubled',
      ]),
    )
    expect(edges.find((edge: Record<string, unknown>) => edge['relation'] === 'WAS_GENERATED_BY').count).toBe(12)
  })

  test('all rows of a run are one node; a single row as the root leads to its run and its record', async () => {
    const { data: rows } = await archive.ask(`{ rows(convention: "numbers", table: "doubled", first: 1) { nodes { id record { srn } } } }`)
    const [row] = rows.rows.nodes
    const { data } = await archive.ask(provenance, { of: row.id, direction: 'UPSTREAM' })
    const ids = data.provenance.nodes.map(({ id }: { id: string }) => id)
    expect(ids[0]).toBe(`row:${row.id}`)
    expect(ids).toEqual(
      expect.arrayContaining([`run:${run}`, `feature-set:${run}`, `record:${row.record.srn.split(':').at(-1).split('@')[0]}`]),
    )
    expect(data.provenance.nodes.filter(({ kind }: { kind: string }) => kind === 'FEATURE_ROW')).toHaveLength(1)
  })

  test('nodes beyond the budget are counted, and the budget is clamped', async () => {
    const { data } = await archive.ask(provenance, { of: run, direction: 'UPSTREAM', maxNodes: 8 })
    const drawn = data.provenance.nodes.filter(({ kind }: { kind: string }) => kind === 'RECORD').length
    expect(data.provenance.nodes).toHaveLength(8)
    expect(data.provenance.omitted).toContainEqual({ kind: 'RECORD', count: 12 - drawn })
    expect(data.provenance.nodes[0]).toMatchObject({ id: `run:${run}`, expandable: true })
    for (const maxNodes of [0, -5]) expect((await archive.ask(provenance, { of: run, maxNodes })).data.provenance.nodes).toHaveLength(1)
    expect((await archive.ask(provenance, { of: run, maxNodes: 2_000_000 })).data.provenance.omitted).toEqual([])
  })

  test('with asOf, a convention is drawn as of its last deployment by then', async () => {
    const manifest = manifestWithHooks([hookInput({})])
    const other = { ...manifest, slug: 'others', title: 'Before' }
    await archive.ask(deploy, { input: { ...other, allowShared: true } })
    const { rows } = await archive.database.pool.query(`
      select date_trunc('milliseconds', max(at)) + interval '1 millisecond' as then from convention_deployment where convention = 'others'`)
    await archive.ask(deploy, { input: { ...other, title: 'After', hooks: [] } })
    const drawn = async (asOf?: string) => {
      const { data, errors } = await archive.ask(provenance, { of: 'convention:others', direction: 'UPSTREAM', asOf })
      expect(errors).toEqual([])
      return data.provenance.nodes.flatMap(({ kind, label }: Record<string, string>) =>
        kind === 'CONVENTION' || kind === 'HOOK' ? [label] : [],
      )
    }
    expect(await drawn()).toEqual(['After'])
    await eventually(async () => expect(await drawn(rows[0].then.toISOString())).toEqual(['Before', 'doubled']))
  })

  test('every id of the API and every id of a node is accepted', async () => {
    const { data } = await archive.ask(`{ hook(name: "doubled") { live { id } pointerLog { nodes { id } } } }`)
    const { nodes } = (await archive.ask(provenance, { of: srns[0] })).data.provenance
    const ids = [run, data.hook.live.id, data.hook.pointerLog.nodes[0].id, ...srns, ...nodes.map(({ id }: { id: string }) => id)]
    for (const id of ids) expect((await archive.ask(provenance, { of: id, maxNodes: 1 })).errors, id).toEqual([])
  })

  test.each([
    ['nonsense', 'BAD_USER_INPUT', 'is not the id of anything with provenance'],
    ['mapping:1', 'BAD_USER_INPUT', 'is not the id of anything with provenance'],
    ['urn:osa:elsewhere.example:rec:00000000-0000-7000-8000-000000000000@1', 'NOT_FOUND', 'is not a record of this archive'],
    ['run:00000000-0000-7000-8000-000000000000', 'NOT_FOUND', 'There is no "run:'],
    ['release:doubled/7', 'NOT_FOUND', 'There is no "release:doubled/7"'],
    ['hook:tripled', 'NOT_FOUND', 'There is no "hook:tripled"'],
    ['agent:user:nobody', 'NOT_FOUND', 'There is no "agent:user:nobody"'],
    ['node:nowhere.example', 'NOT_FOUND', 'There is no "node:nowhere.example"'],
  ])('%s is refused: %s', async (of, code, message) => {
    const { errors } = await archive.ask(provenance, { of })
    expect(errors[0]?.extensions).toMatchObject({ code, field: 'of' })
    expect(errors[0]?.message).toContain(message)
  })

  test('nodes that did not exist at asOf are not drawn, and a future asOf is refused', async () => {
    const { rows } = await archive.database.pool.query(`select created_at - interval '1 millisecond' as before from hook_run`)
    const { data } = await archive.ask(provenance, { of: srns[0], asOf: rows[0].before.toISOString() })
    expect(data.provenance.nodes.map(({ kind }: { kind: string }) => kind)).not.toContain('RUN')
    const { errors } = await archive.ask(provenance, { of: srns[0], asOf: '2999-01-01T00:00:00Z' })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'asOf' })
    expect((await archive.ask(provenance, { of: run, asOf: '2020-01-01T00:00:00Z' })).errors[0]?.message).toContain(
      'At 2020-01-01T00:00:00.000Z there was no',
    )
  })

  test.each(['prov', 'ro-crate', 'openlineage'])('is exported as %s without a token, under the address of its node', async (format) => {
    const answer = await fetch(
      `${archive.url}/provenance/${encodeURIComponent('release:doubled/1')}.${format}.json?direction=DOWNSTREAM&maxNodes=2`,
    )
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('json')
    const text = await answer.text()
    expect(text).toContain('/provenance/')
    expect(text).toContain('agent:user:operator')
  })

  test.each([
    ['release%3Adoubled%2F1.xml', 404],
    ['hook%3Atripled.prov.json', 404],
    ['nonsense.prov.json', 400],
    ['hook%3Adoubled.prov.json?direction=UP', 400],
    ['hook%3Adoubled.prov.json?maxNodes=many', 400],
    ['hook%3Adoubled.prov.json?asOf=yesterday', 400],
  ])('an export that cannot be made is refused: %s', async (address, status) => {
    const answer = await fetch(`${archive.url}/provenance/${address}`)
    expect(answer.status).toBe(status)
    expect((await answer.json()).errors[0].message).toMatch(/\.$/)
  })

  // Last, because the records that these publish lead to further runs.
  test('a fork of a record of this archive is linked to it; neither has the other’s SRN as its label', async () => {
    const fork = async (sourceId: string, of = 'fork', convention = 'numbers') => {
      const source = { [of]: { sourceNode: 'localhost' } }
      const { data, errors } = await archive.ask(publish, { input: { convention, source, records: [{ sourceId, metadata: { n: 1 } }] } })
      expect(errors).toEqual([])
      return data.publishRecords.results[0].srn as string
    }
    const idOf = (srn: string) => `record:${srn.split(':').at(-1)?.split('@')[0]}`
    const [original = ''] = srns
    const forked = await fork(original)
    await fork(original.replace('localhost', 'elsewhere.example'))
    await fork('urn:osa:localhost:rec:01900000-0000-7000-8000-000000000000@1')
    await fork(original, 'import')

    const link = { from: idOf(forked), to: idOf(original), relation: 'WAS_DERIVED_FROM', count: 1 }
    const graphOf = async (of: string, direction: string) => (await archive.ask(provenance, { of, direction })).data.provenance
    const recordsOf = (graph: { nodes: { kind: string }[] }) => graph.nodes.filter(({ kind }) => kind === 'RECORD')
    const up = await graphOf(forked, 'UPSTREAM')
    expect(recordsOf(up)).toMatchObject([
      { id: link.from, label: forked },
      { id: link.to, label: 'r0' },
    ])
    expect(up.edges).toContainEqual(link)
    const down = await graphOf(original, 'DOWNSTREAM')
    expect(recordsOf(down)).toMatchObject([
      { id: link.to, label: 'r0' },
      { id: link.from, label: forked },
    ])
    expect(down.edges).toContainEqual(link)
  })

  test('a claimed harvest of this archive is refused', async () => {
    const claim = async (harvestRun: string) => {
      const input = {
        convention: 'numbers',
        source: { harvest: { harvestRun, upstreamSource: 'rcsb' } },
        records: [{ sourceId: harvestRun, metadata: { n: 1 } }],
      }
      return archive.ask(publish, { input })
    }
    for (const [run, code] of [
      ['urn:osa:localhost:hrv:2026-11-01', 'NOT_FOUND'],
      ['urn:osa:localhost:hrv:x@1', 'NOT_FOUND'],
      ['urn:osa:elsewhere.example:rec:x', 'BAD_USER_INPUT'],
    ] as const) {
      expect((await claim(run)).errors).toMatchObject([{ extensions: { code, field: 'input.source.harvest.harvestRun' } }])
    }
    expect((await claim('urn:osa:elsewhere.example:hrv:2026-11-01')).errors).toEqual([])
  })
})

test('a private archive exports nothing to strangers', async () => {
  await using archive = await openArchive('one process', { STRATA_READS: 'private' })
  expect((await fetch(`${archive.url}/provenance/hook%3Aany.prov.json`)).status).toBe(401)
})
