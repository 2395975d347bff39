import { drawGraph, exportFormats, type ProvenanceDirection, type ProvenanceGraph } from '@strata/domain/provenance'
import type { Json } from '@strata/domain/shared'
import { lineageArchive } from '@strata/infrastructure/postgres'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import jsonld from 'jsonld'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/index.ts'
import { isPythonProvInstalled, throughPythonProv } from '../support/python-prov.ts'
import { isRoCrateLibraryInstalled, judgedByRoCrateLibrary } from '../support/ro-crate-library.ts'
import { end, writeHistory } from './history.ts'
import { crateContext } from './crate-context.ts'
import { openLineageEvent } from './openlineage-event.ts'
import { plainGraph, readOpenLineage, readProvJson, readRoCrate } from './read-exports.ts'

let database: TestDatabase
let graphs: { readonly of: string; readonly graph: ProvenanceGraph; readonly print: (suffix: string) => Json }[]

beforeAll(async () => {
  database = await createTestDatabase()
  await writeHistory(database, 21)
  const { rows } = await database.pool.query<{ id: string }>(`
    (select 'record:' || record as id from run_outcome join record on record.id = record where status = 'PASSED' order by record limit 1)
    union all (select 'run:' || id from hook_run where row_count > 0 order by id limit 1) union all select 'convention:alphas'
    union all (select 'release:' || id from hook_release order by id limit 1) union all (select 'feature-set:' || id from hook_run where row_count > 0 order by id limit 1)`)
  graphs = []
  for (const { id: of } of rows) {
    for (const maxNodes of [4, 60]) {
      const question = { of, direction: 'BOTH' as ProvenanceDirection, maxNodes }
      const graph = await drawGraph(lineageArchive(database.reader, 'localhost'), question, {
        domain: 'archive.example',
        now: new Date(end),
        closed: true,
      })
      const print = (suffix: string) => {
        const format = exportFormats.find((one) => one.suffix === suffix)
        return JSON.parse(JSON.stringify(format?.print({ graph, question, base: 'https://archive.example' })))
      }
      graphs.push({ of, graph, print })
    }
  }
})
afterAll(() => database[Symbol.asyncDispose]())

type Entity = Readonly<Record<string, unknown>>

describe('an export is whole', () => {
  test('every run has its release and agent, every release its hook, and every entity its agent', () => {
    for (const { graph } of graphs) {
      const relationsOf = (id: string) => graph.edges.filter(({ from }) => from === id).map(({ relation }) => relation)
      for (const { id, kind } of graph.nodes) {
        if (kind === 'RUN') expect(relationsOf(id)).toEqual(expect.arrayContaining(['HAD_PLAN', 'WAS_ASSOCIATED_WITH']))
        if (kind === 'POINTER_EVENT') expect(relationsOf(id)).toContain('WAS_ASSOCIATED_WITH')
        if (kind === 'RELEASE') expect(relationsOf(id)).toEqual(expect.arrayContaining(['SPECIALIZATION_OF', 'WAS_ATTRIBUTED_TO']))
        if (kind === 'RECORD' || kind === 'SCHEMA' || kind === 'CONVENTION') expect(relationsOf(id)).toContain('WAS_ATTRIBUTED_TO')
      }
    }
  })

  test('and says what it left out', () => {
    expect(graphs.some(({ graph }) => graph.omitted.length > 0)).toBe(true)
  })
})

describe('PROV-JSON', () => {
  test('read back has the same nodes and edges', () => {
    for (const { graph, print } of graphs) expect(readProvJson(print('.prov.json'))).toEqual(plainGraph(graph))
  })

  test.skipIf(!isPythonProvInstalled())('is read by the PROV library of Python, which writes the same again', () => {
    const documents = graphs.map(({ print }) => print('.prov.json'))
    expect(throughPythonProv(documents).map(normal)).toEqual(documents.map(normal))
  })
})

describe('Process Run Crate', () => {
  test('read back has the same nodes and edges', () => {
    for (const { graph, print } of graphs) expect(readRoCrate(print('.ro-crate.json'))).toEqual(plainGraph(graph))
  })

  test.skipIf(!isRoCrateLibraryInstalled())('is in order for the RO-Crate library of others', () => {
    const judged = judgedByRoCrateLibrary(graphs.map(({ print }) => print('.ro-crate.json')))
    for (const findings of judged) {
      expect(findings.filter(({ status }) => status !== 'success')).toEqual([])
      expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(['contextName', 'licenseRequired', 'datePublishedFormat']))
    }
    const [broken] = judgedByRoCrateLibrary([{ '@context': 'https://w3id.org/ro/crate/1.1/context', '@graph': [] }])
    expect(broken?.some(({ status }) => status === 'error')).toBe(true)
  })

  test('is flat: every entity occurs once, and every reference resolves', () => {
    for (const { print } of graphs) {
      const { '@graph': entities } = print('.ro-crate.json') as unknown as { '@graph': Record<string, unknown>[] }
      const ids = entities.map((entity) => entity['@id'])
      expect(new Set(ids).size).toBe(ids.length)
      const references = entities
        .flatMap((entity) => Object.values(entity).flat())
        .filter((value) => typeof value === 'object' && value !== null)
      for (const reference of references) expect(Object.keys(reference)).toEqual(['@id'])
      const outside = references.map((reference) => (reference as { '@id': string })['@id']).filter((id) => !ids.includes(id))
      expect(new Set(outside)).toEqual(new Set(['https://w3id.org/ro/crate/1.1']))
    }
  })

  test('follows its profile: every CreateAction has its instrument and is mentioned, and the root has its version', () => {
    for (const { print } of graphs) {
      const { '@graph': entities } = print('.ro-crate.json') as unknown as { '@graph': Entity[] }
      const root = entities.find((entity) => entity['@id'] === './')
      expect(root?.['conformsTo']).toEqual({ '@id': 'https://w3id.org/ro/wfrun/process/0.5' })
      for (const action of entities.filter((entity) => entity['@type'] === 'CreateAction')) {
        expect(action['instrument']).toHaveLength(1)
        expect(root?.['mentions']).toContainEqual({ '@id': action['@id'] })
        const tool = entities.find((entity) => entity['@id'] === (action['instrument'] as Entity[])[0]?.['@id'])
        expect(tool?.['@type']).toBe('SoftwareApplication')
      }
    }
  })

  test('has the licences of its data, each described, and is CC0 itself', () => {
    const described = new Set<unknown>()
    for (const { graph, print } of graphs) {
      const { '@graph': entities } = print('.ro-crate.json') as unknown as { '@graph': Entity[] }
      const drawn = [...new Set(graph.nodes.flatMap(({ attributes: { license } }) => license ?? []))].toSorted()
      const of = (entity: Entity | undefined) =>
        [entity?.['license']].flat().map((one) => entities.find(({ '@id': id }) => id === (one as Entity)['@id'])?.['name'])
      const root = entities.find((entity) => entity['@id'] === './')
      if (drawn.length === 0) expect(root?.['license']).toBe('The terms of use of these data are not stated.')
      else expect(of(root)).toEqual(drawn)
      for (const { id, attributes } of graph.nodes)
        if ('license' in attributes) expect(of(entities.find((entity) => entity['identifier'] === id))).toEqual([attributes['license']])
      expect(entities.find((entity) => entity['@id'] === 'ro-crate-metadata.json')?.['license']).toMatch('publicdomain/zero')
      for (const one of drawn) described.add(one)
    }
    expect(described).toContain('CC-BY-4.0')
  })

  test('is JSON-LD that a processor converts to triples without losing a property', async () => {
    for (const { print } of graphs) {
      const crate = print('.ro-crate.json')
      // Safe: a property or type that the contexts do not know would be an error and not be dropped.
      const quads = await jsonld.toRDF(crate, {
        documentLoader: crateContext,
        base: 'https://archive.example/crate/',
        safe: true,
        format: 'application/n-quads',
      })
      expect(quads.split('\n').length).toBeGreaterThan(10)
    }
  })
})

describe('OpenLineage', () => {
  test('read back has the same nodes and edges', () => {
    for (const { graph, print } of graphs) expect(readOpenLineage(print('.openlineage.json'))).toEqual(plainGraph(graph))
  })

  test('has events that match the specification', () => {
    const ajv = formats.default(new Ajv2020({ allErrors: true, strict: false }))
    const isEvent = ajv.compile(openLineageEvent)
    for (const { print } of graphs) {
      for (const event of print('.openlineage.json') as readonly Json[]) expect(isEvent(event) ? [] : isEvent.errors).toEqual([])
    }
  })
})

/** Documents that say the same: one value is a list of one, names of anonymous relations mean nothing, prefixes come by default. */
function normal(document: unknown): unknown {
  const { prefix: _, ...sections } = document as Record<string, Record<string, Record<string, unknown>>>
  return Object.fromEntries(
    Object.entries(sections)
      .filter(([, section]) => Object.keys(section).length > 0)
      .map(([name, section]) => {
        const said = Object.entries(section).flatMap(([id, one]) =>
          [one].flat().map((each) => [id.startsWith('_:') ? '' : id, plain(each)] as const),
        )
        return [name, said.map((pair) => JSON.stringify(pair)).toSorted()]
      }),
  )
}

function plain(attributes: Record<string, unknown>): unknown {
  const entries = Object.entries(attributes).map(([name, value]) => [name, [value].flat().map(literal).toSorted()] as const)
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function literal(value: unknown): string {
  const typed = value as { $?: unknown; type?: string }
  if (typeof value === 'object' && value !== null && '$' in value) {
    return String(typed.type === 'xsd:dateTime' ? new Date(String(typed.$)).toISOString() : typed.$)
  }
  const text = String(value)
  return /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text).toISOString() : text
}
