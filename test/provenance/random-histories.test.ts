import { drawGraph, nodeId, prefixes, type ProvenanceDirection, type ProvenanceGraph, type ProvenanceKind } from '@strata/domain/provenance'
import { lineageArchive } from '@strata/infrastructure/postgres'
import { describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/index.ts'
import { begin, chanceOf, end, hour, writeHistory, type Chance } from './history.ts'
import { oracleOf, type Drawing, type Oracle } from './oracle.ts'

const directions: readonly ProvenanceDirection[] = ['UPSTREAM', 'DOWNSTREAM', 'BOTH']
const options = { domain: 'localhost', now: new Date(end) }

describe.each([11, 12])('a random history (%i)', (seed) => {
  test('is drawn like an oracle that reads every row, for any root, direction, budget and time', async () => {
    await using database = await historyOf(seed)
    const archive = lineageArchive(database.reader, 'localhost')
    const chance = chanceOf(seed * 1_000)
    for (const asOf of [end, begin + 45 * hour, begin + 70 * hour].map((time) => new Date(time))) {
      const oracle = await oracleOf(database, asOf)
      const keys = await keysOf(database)
      for (let n = 0; n < 16; n++) {
        const { place, id } = anyRoot(oracle, chance, keys)
        const direction = directions[Math.floor(chance() * 3)] ?? 'BOTH'
        const maxNodes = 1 + Math.floor(chance() ** 2 * 120)
        const graph = await drawGraph(archive, { of: id, direction, maxNodes, asOf }, options)
        const expected = oracle.draw(`${place.kind} ${place.key}`, direction, maxNodes)
        expect(asDrawing(graph, keys), `${id} ${direction} ${maxNodes} ${asOf.toISOString()}`).toEqual(expected)
      }
    }
  })

  test('draws the same nodes first with a larger budget, and only connected nodes', async () => {
    await using database = await historyOf(seed)
    const archive = lineageArchive(database.reader, 'localhost')
    const chance = chanceOf(seed * 7)
    const oracle = await oracleOf(database, new Date(end))
    const keys = await keysOf(database)
    for (let n = 0; n < 6; n++) {
      const { id } = anyRoot(oracle, chance, keys)
      let smaller: readonly string[] = []
      for (const maxNodes of [1, 3, 12, 40]) {
        const graph = await drawGraph(archive, { of: id, direction: 'BOTH', maxNodes }, options)
        const ids = graph.nodes.map((node) => node.id)
        expect(ids.slice(0, smaller.length)).toEqual(smaller)
        expect(ids.length).toBeLessThanOrEqual(maxNodes)
        expect(new Set(ids).size).toBe(ids.length)
        expect(graph.edges.flatMap(({ from, to }) => [from, to]).filter((end) => !ids.includes(end))).toEqual([])
        expect(graph.nodes.some(({ expandable }) => expandable)).toBe(graph.omitted.length > 0)
        expect(await drawGraph(archive, { of: id, direction: 'BOTH', maxNodes }, options)).toEqual(graph)
        smaller = ids
      }
    }
  })
})

async function historyOf(seed: number): Promise<TestDatabase> {
  const database = await createTestDatabase()
  await writeHistory(database, seed)
  return database
}

/** Names of the nodes whose ids are not their keys, both ways. */
async function keysOf(database: TestDatabase) {
  const { rows: releases } = await database.pool.query(`select id as key, hook || '/' || version as name from hook_release`)
  const { rows: sources } = await database.pool.query(
    `select id as key, convention || '/' || (source ->> 'type') || '/' || (source ->> 'id') as name from record where version = 1`,
  )
  const named = [...releases.map((row) => ({ ...row, kind: 'RELEASE' })), ...sources.map((row) => ({ ...row, kind: 'SOURCE' }))]
  return {
    nameOf: new Map<string, string>(named.map(({ kind, key, name }) => [`${kind} ${key}`, name])),
    keyOf: new Map<string, string>(named.map(({ kind, key, name }) => [`${kind} ${name}`, key])),
  }
}
type Keys = Awaited<ReturnType<typeof keysOf>>

function anyRoot(oracle: Oracle, chance: Chance, { nameOf }: Keys) {
  // Agents and archives are known by what they did, which this history keeps elsewhere than the archive does.
  const places = oracle.places.filter(({ kind }) => kind !== 'AGENT' && kind !== 'NODE')
  const kinds = [...new Set(places.map(({ kind }) => kind))]
  const kind = kinds[Math.floor(chance() * kinds.length)]
  const ofKind = places.filter((place) => place.kind === kind)
  const place = ofKind[Math.floor(chance() * ofKind.length)]
  if (place === undefined) throw new Error('the history is empty')
  return { place, id: nodeId(place.kind, nameOf.get(`${place.kind} ${place.key}`) ?? place.key) }
}

function asDrawing({ nodes, edges, omitted }: ProvenanceGraph, { keyOf }: Keys): Drawing {
  const places = new Map(nodes.map(({ id, kind }) => [id, placeOf(id, kind, keyOf)]))
  return {
    nodes: nodes.map(({ id }) => places.get(id) ?? id),
    edges: edges.map(({ from, relation, to }) => `${places.get(from)} -${relation}> ${places.get(to)}`).toSorted(),
    omitted: Object.fromEntries(omitted.map(({ kind, count }) => [kind, Number(count)])),
    expandable: nodes.filter(({ expandable }) => expandable).map(({ id }) => places.get(id) ?? id),
  }
}

function placeOf(id: string, kind: ProvenanceKind, keyOf: ReadonlyMap<string, string>): string {
  const name = id.slice(prefixes[kind].length + 1)
  return `${kind} ${keyOf.get(`${kind} ${name}`) ?? name}`
}
