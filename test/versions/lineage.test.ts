import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ended } from '../provenance/compute.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { withdraw } from './taking-back.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish = `mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { status srn findings { message } } } }`
const draw = `query ($of: ID!, $direction: ProvenanceDirection, $asOf: DateTime) {
  provenance(of: $of, direction: $direction, asOf: $asOf) { root nodes { id kind label attributes } edges { from relation to } omitted { kind count } } }`

interface Graph {
  readonly root: string
  readonly nodes: readonly { readonly id: string; readonly kind: string; readonly attributes: Record<string, unknown> }[]
  readonly edges: readonly { readonly from: string; readonly relation: string; readonly to: string }[]
}

describe.each(topologies)('the lineage of versions in %s', (topology) => {
  let archive: TestArchive
  let runs = 0
  beforeAll(async () => {
    archive = await openArchive(topology)
    await ask(deploy, { input: manifestWithHooks([hookInput({})]) })
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  async function ask(query: string, variables?: Record<string, unknown>) {
    const { data, errors } = await archive.ask(query, variables)
    expect(errors).toEqual([])
    return data
  }
  async function send(source: object, sourceId: string, n: number, onChange = 'REVISE'): Promise<string> {
    const input = { convention: 'numbers', source, records: [{ sourceId, metadata: { n } }], onChange }
    const [result] = (await ask(publish, { input })).publishRecords.results
    expect(result.findings).toEqual([])
    await ended(archive.database, ++runs)
    return result.srn
  }
  const imported = (sourceId: string, n: number) => send({ import: { sourceNode: 'rcsb.org' } }, sourceId, n)
  const forked = (srn: string, n: number) => send({ fork: { sourceNode: 'localhost' } }, srn, n)
  const graph = async (of: string, direction = 'BOTH', asOf?: string): Promise<Graph> =>
    (await ask(draw, { of, direction, asOf })).provenance
  const srnsOf = ({ nodes }: Graph) => nodes.filter(({ kind }) => kind === 'RECORD').map(({ attributes }) => attributes['srn'])
  /** Links of a kind, between the SRNs of versions. */
  const linksOf = ({ nodes, edges }: Graph, relation: string) => {
    const srns = new Map(nodes.map(({ id, attributes }) => [id, attributes['srn']]))
    return edges.flatMap(({ from, relation: of, to }) =>
      of === relation && srns.get(from) && srns.get(to) ? [[srns.get(from), srns.get(to)]] : [],
    )
  }
  const now = async () => (await archive.database.pool.query('select clock_timestamp() as at')).rows[0].at.toISOString()

  test('each version was a revision of the one before, and all of them have one source', async () => {
    const base = (await imported('chain', 1)).slice(0, -2)
    await imported('chain', 2)
    await imported('chain', 3)
    for (const root of [`${base}@1`, `${base}@3`]) {
      const drawn = await graph(root)
      expect(linksOf(drawn, 'WAS_REVISION_OF').toSorted()).toEqual([
        [`${base}@2`, `${base}@1`],
        [`${base}@3`, `${base}@2`],
      ])
      expect(drawn.nodes.filter(({ kind }) => kind === 'SOURCE').map(({ id }) => id)).toEqual(['source:numbers/import/chain'])
    }
    const { nodes } = await graph(`${base}@2`)
    expect(nodes[0]?.attributes).toMatchObject({ srn: `${base}@2`, version: 2, convention: 'numbers' })
    expect((await graph('source:numbers/import/chain', 'DOWNSTREAM')).edges.filter(({ to }) => to.startsWith('source:'))).toHaveLength(3)
  })

  test('a convention has as members the versions that count, and as many as it says, now and at earlier times', async () => {
    const first = await imported('member', 1)
    const before = await now()
    const second = await imported('member', 2)
    const members = async (asOf?: string) =>
      srnsOf(await graph('convention:numbers', 'DOWNSTREAM', asOf)).filter((srn) => srn === first || srn === second)
    expect(await members()).toEqual([second])
    expect(await members(before)).toEqual([first])
    for (const asOf of [undefined, before]) {
      const { provenance } = await ask(
        `query ($asOf: DateTime) { provenance(of: "convention:numbers", direction: DOWNSTREAM, maxNodes: 1, asOf: $asOf) { omitted { kind count } } }`,
        { asOf },
      )
      const counted = provenance.omitted.find(({ kind }: { kind: string }) => kind === 'RECORD').count
      expect(Number(counted)).toBe(linksOfMembers(await graph('convention:numbers', 'DOWNSTREAM', asOf)))
    }
  })

  test('a fork leads to the version that its source id names, or to the newest of its time', async () => {
    const base = (await imported('original', 1)).slice(0, -2)
    await imported('original', 2)
    const ofFirst = await forked(`${base}@1`, 10)
    const ofNewest = await forked(base, 20)
    await imported('original', 3)
    const again = await forked(base, 21)
    const links = linksOf(await graph(`${base}@1`, 'DOWNSTREAM'), 'WAS_DERIVED_FROM')
    expect(links.toSorted()).toEqual(
      [
        [ofFirst, `${base}@1`],
        [ofNewest, `${base}@2`],
        [again, `${base}@3`],
      ].toSorted(),
    )

    const origin = 'forkedFrom { node srn record { srn } }'
    const { a, b, c, d } = await ask(
      `query ($a: SRN!, $b: SRN!, $c: SRN!, $d: SRN!) {
        a: record(srn: $a) { ${origin} } b: record(srn: $b) { ${origin} } c: record(srn: $c) { ${origin} }
        d: record(srn: $d) { ${origin} forks { totalCount nodes { srn } } } }`,
      { a: ofFirst, b: ofNewest, c: again, d: base },
    )
    expect([a, b, c].map(({ forkedFrom }) => [forkedFrom.node, forkedFrom.srn, forkedFrom.record.srn])).toEqual([
      ['localhost', `${base}@1`, `${base}@1`],
      ['localhost', base, `${base}@2`],
      ['localhost', base, `${base}@3`],
    ])
    // Of each fork the version that counts.
    expect(d).toEqual({ forkedFrom: null, forks: { totalCount: 2, nodes: [{ srn: again }, { srn: ofFirst }] } })
  })

  test('a fork of a record elsewhere names its origin, and other text is none', async () => {
    const elsewhere = 'urn:osa:other.example.org:rec:0190a5e0-0000-7000-8000-000000000000@4'
    const fork = await forked(elsewhere, 1)
    const plain = await forked('an entry', 1)
    const { a, b } = await ask(
      `query ($a: SRN!, $b: SRN!) { a: record(srn: $a) { forkedFrom { node srn record { srn } } } b: record(srn: $b) { forkedFrom { srn } } }`,
      { a: fork, b: plain },
    )
    expect([a.forkedFrom, b.forkedFrom]).toEqual([{ node: 'other.example.org', srn: elsewhere, record: null }, null])
  })

  test('why a row of a version that was replaced or withdrawn does not count is said', async () => {
    const first = await imported('why', 4)
    const { rows } = await ask('{ rows(convention: "numbers", table: "doubled", first: 1000) { nodes { id record { srn } } } }')
    const row = rows.nodes.find(({ record }: { record: { srn: string } }) => record.srn === first)
    const why = async (asOf?: string) =>
      (
        await ask(
          'query ($row: ID!, $asOf: DateTime) { why(row: $row, asOf: $asOf) { record { srn version } counts countingRelease { version } versionNotCountingBecause staleBecause } }',
          { row: row.id, asOf },
        )
      ).why
    const counts = {
      record: { srn: first, version: 1 },
      counts: true,
      countingRelease: { version: 1 },
      versionNotCountingBecause: null,
      staleBecause: null,
    }
    expect(await why()).toEqual(counts)
    const before = await now()
    const second = await imported('why', 5)
    expect(await why()).toMatchObject({
      record: { srn: first, version: 1 },
      counts: false,
      countingRelease: null,
      versionNotCountingBecause: expect.stringMatching(/^Version 2 replaced version 1 of this record at 20[0-9T:.-]+Z\.$/),
    })
    expect(await why(before)).toEqual(counts)

    await withdraw(archive, second, 'RETRACTED')
    expect((await why()).versionNotCountingBecause).toMatch(
      /^Version 2 replaced version 1 of this record at \S+Z\. This record was retracted at \S+Z \(user:carol: It was wrong\.\), with all its versions\.$/,
    )
    expect((await graph(second)).nodes[0]?.attributes).toMatchObject({
      version: 2,
      withdrawn: 'RETRACTED',
      withdrawnBecause: 'It was wrong.',
    })
  })

  test('exports say which version was a revision of which', async () => {
    const base = (await imported('exported', 1)).slice(0, -2)
    const second = await imported('exported', 2)
    const root = (await graph(second)).root
    const get = async (ending: string) => (await fetch(new URL(`/provenance/${encodeURIComponent(root)}${ending}`, archive.url))).json()
    const prov = await get('.prov.json')
    const revisions = Object.values<Record<string, unknown>>(prov.wasDerivedFrom).filter((one) => one['prov:type'] !== undefined)
    expect(revisions).toEqual([
      expect.objectContaining({
        'prov:generatedEntity': `archive:${encodeURIComponent(root)}`,
        'prov:type': { $: 'prov:Revision', type: 'prov:QUALIFIED_NAME' },
      }),
    ])
    const crate = await get('.ro-crate.json')
    const entity = (srn: string) =>
      crate['@graph'].find((one: { provenanceAttributes?: string }) => one.provenanceAttributes?.includes(`"${srn}"`))
    expect(entity(second)).toMatchObject({ '@type': 'Dataset', version: '2', wasRevisionOf: [{ '@id': entity(`${base}@1`)['@id'] }] })
    expect(crate['@context'][1].wasRevisionOf['@id']).toBe('http://www.w3.org/ns/prov#wasRevisionOf')
  })

  function linksOfMembers({ edges }: Graph): number {
    return edges.filter(({ from, relation }) => from === 'convention:numbers' && relation === 'HAD_MEMBER').length
  }
})
