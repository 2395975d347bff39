import type { Database } from '@strata/infrastructure/postgres'
import {
  links,
  modes,
  provenanceKinds,
  stepsFrom,
  type LinkName,
  type Mode,
  type ProvenanceDirection,
  type ProvenanceKind,
} from '@strata/domain/provenance'

/** What a walk by the table of links would draw, worked out the slow way from every row of every table. */
export interface Oracle {
  readonly places: readonly { readonly kind: ProvenanceKind; readonly key: string }[]
  draw(root: string, direction: ProvenanceDirection, budget: number): Drawing
}

export interface Drawing {
  readonly nodes: readonly string[]
  readonly edges: readonly string[]
  readonly omitted: Readonly<Record<string, number>>
  readonly expandable: readonly string[]
}

type Pairs = ReadonlyMap<LinkName, readonly (readonly [from: string, to: string])[]>

export async function oracleOf(database: Database, asOf: Date): Promise<Oracle> {
  const pairs = await allPairs(database, asOf)
  const places = new Map<string, { kind: ProvenanceKind; key: string }>()
  for (const link of links) {
    for (const [from, to] of pairs.get(link.name) ?? []) {
      places.set(`${link.from} ${from}`, { kind: link.from, key: from })
      places.set(`${link.to} ${to}`, { kind: link.to, key: to })
    }
  }
  return { places: [...places.values()], draw: (root, direction, budget) => draw(pairs, root, direction, budget) }
}

function draw(pairs: Pairs, root: string, direction: ProvenanceDirection, budget: number): Drawing {
  const starts: readonly Mode[] = direction === 'BOTH' ? ['UP', 'DOWN'] : direction === 'UPSTREAM' ? ['UP'] : ['DOWN']
  const nodes = [root]
  const known = new Set(starts.map((mode) => `${mode} ${root}`))
  let level = [...known]
  while (level.length > 0) {
    const next: string[] = []
    for (const mode of modes) {
      const standing = level.filter((state) => state.startsWith(`${mode} `)).map((state) => state.slice(mode.length + 1))
      for (const [step, ends] of stepsTo(standing, mode)) {
        for (const far of ends) {
          const state = `${step.reaches} ${far}`
          if (known.has(state)) continue
          if (!nodes.includes(far)) {
            if (nodes.length >= budget) continue
            nodes.push(far)
          }
          known.add(state)
          next.push(state)
        }
      }
    }
    level = next
  }

  const inside = new Set(nodes)
  const edges = links.flatMap((link) =>
    [...new Set((pairs.get(link.name) ?? []).map(([from, to]) => `${link.from} ${from} -${link.relation}> ${link.to} ${to}`))].filter(
      (edge) => {
        const [from = '', to = ''] = edge.split(` -${link.relation}> `)
        return inside.has(from) && inside.has(to)
      },
    ),
  )

  const ways = new Set(starts.map((mode) => `${mode} ${root}`))
  for (let before = -1; before !== ways.size;) {
    before = ways.size
    for (const mode of modes) {
      const standing = nodes.filter((node) => ways.has(`${mode} ${node}`))
      for (const [step, ends] of stepsTo(standing, mode)) for (const far of ends) if (inside.has(far)) ways.add(`${step.reaches} ${far}`)
    }
  }
  const beyond = new Set<string>()
  const expandable = new Set<string>()
  for (const mode of modes) {
    for (const node of nodes.filter((one) => ways.has(`${mode} ${one}`))) {
      for (const [, ends] of stepsTo([node], mode)) {
        for (const far of ends.filter((end) => !inside.has(end))) {
          beyond.add(far)
          expandable.add(node)
        }
      }
    }
  }
  const byKind = Object.groupBy(beyond, (node) => node.split(' ')[0] ?? '')
  const omitted = Object.fromEntries(provenanceKinds.flatMap((kind) => (byKind[kind] === undefined ? [] : [[kind, byKind[kind].length]])))
  return { nodes, edges: edges.toSorted(), omitted, expandable: nodes.filter((node) => expandable.has(node)) }

  function stepsTo(standing: readonly string[], mode: Mode) {
    return stepsFrom[mode].map((step) => {
      const near = new Set(standing)
      const ends = new Set<string>()
      for (const [from, to] of pairs.get(step.link.name) ?? []) {
        const [at, far] = step.near === 'from' ? [from, to] : [to, from]
        if (near.has(`${step.nearKind} ${at}`)) ends.add(`${step.farKind} ${far}`)
      }
      const isNewestFirst = ['RECORD', 'SOURCE', 'RUN', 'RELEASE', 'POINTER_EVENT', 'FEATURE_SET'].includes(step.farKind)
      const sorted = [...ends].toSorted((a, b) => (a < b ? -1 : 1))
      return [step, isNewestFirst ? sorted.toReversed() : sorted] as const
    })
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- rows as they are
type Row = Record<string, any>

async function allPairs({ pool }: Database, asOf: Date): Promise<Pairs> {
  const all = async (table: string): Promise<Row[]> => (await pool.query(`select * from ${table}`)).rows
  const by = (rows: Row[], column: string) => rows.filter((row) => row[column] !== null && row[column] <= asOf)
  const published = await all('record')
  const publishedIds = new Set(published.map(({ id }) => id))
  const records = by(published, 'published_at')
  const runs = by(await all('hook_run'), 'created_at')
  const releases = by(await all('hook_release'), 'built_at')
  const moves = by(await all('pointer_event'), 'at')
  const deployments = by(await all('convention_deployment'), 'at').toSorted((a, b) => a['at'] - b['at'])
  const lastDeployments = [...new Map(deployments.map((one) => [one['convention'], one])).values()]
  const schemas = by(await all('schema_version'), 'created_at')
  const batches = new Map((await all('batch')).map((batch) => [batch['id'], batch]))
  const isOverPublished = (run: Row) => {
    const { candidates, record_ids: ids } = batches.get(run['batch_id']) ?? {}
    return !candidates || ids.every((id: string) => publishedIds.has(id))
  }
  const schemaOf = (row: Row) => `${row['schema_id']}@${row['schema_version']}`
  const ended = runs.filter((run) => run['finished_at'] !== null && run['finished_at'] <= asOf).map((run) => run['id'])
  const recordIds = new Set(records.map(({ id }) => id))
  const absent = new Set(
    by(await all('absence'), 'since')
      .filter(({ until }) => until === null || until > asOf)
      .map(({ record }) => record),
  )

  return new Map<LinkName, [string, string][]>([
    [
      'set-run',
      by(runs, 'committed_at')
        .filter((run) => run['row_count'] > 0n && run['reproduces'] === null)
        .map((run) => [run['id'], run['id']]),
    ],
    ['run-release', runs.map((run) => [run['id'], run['release_id']])],
    // Who handed in a draft is told once it is published, and then for earlier moments, too.
    ['run-agent', runs.filter(isOverPublished).map((run) => [run['id'], run['actor']])],
    [
      'run-pointer-event',
      runs.flatMap((run): [string, string][] => {
        const earlier = moves.filter((move) => move['hook'] === run['hook'] && move['at'] <= run['created_at'])
        const last = earlier.toSorted((a, b) => b['position'] - a['position'])[0]
        return last?.['to_release_id'] === run['release_id'] ? [[run['id'], last?.['id']]] : []
      }),
    ],
    [
      'run-run',
      runs.flatMap((run): [string, string][] => {
        const follows = batches.get(run['batch_id'])?.['follows'] ?? null
        return [run['retry_of'], run['reproduces'], follows].filter((other) => other !== null).map((other) => [run['id'], other])
      }),
    ],
    [
      'run-record',
      (await all('run_outcome'))
        .filter(({ run, record }) => ended.includes(run) && recordIds.has(record))
        .map(({ run, record }) => [run, record]),
    ],
    ['record-source', records.map(({ id, identity }) => [id, identity])],
    [
      'record-revision',
      records.flatMap(({ id, identity, version }): [string, string][] =>
        records.filter((one) => one['identity'] === identity && one['version'] === version - 1).map((before) => [id, before['id']]),
      ),
    ],
    [
      'record-record',
      records.flatMap(({ id, source, published_at: at }): [string, string][] => {
        const [, original, version] = /^urn:osa:localhost:rec:([^:@]+)(?:@([0-9]+))?$/.exec(source.type === 'fork' ? source.id : '') ?? []
        const versions = published.filter((one) => one['identity'] === original && (version !== undefined || one['published_at'] <= at))
        const meant = version === undefined ? Math.max(...versions.map((one) => one['version'])) : Number(version)
        return versions.filter((one) => one['version'] === meant && recordIds.has(one['id'])).map((one) => [id, one['id']])
      }),
    ],
    [
      'record-file',
      (await all('record_file')).filter((row) => recordIds.has(row['record_id'])).map((row) => [row['record_id'], row['digest']]),
    ],
    ['record-agent', records.map((record) => [record['id'], record['published_by']])],
    ['record-schema', records.map((record) => [record['id'], schemaOf(record)])],
    ['convention-record', records.filter(({ id }) => !absent.has(id)).map((record) => [record['convention'], record['id']])],
    [
      'source-node',
      records
        .filter(({ version, source }) => version === 1 && source.sourceNode !== undefined)
        .map(({ id, source }) => [id, source.sourceNode]),
    ],
    [
      'convention-schema',
      [...new Set(deployments.map((one) => `${one['convention']} ${schemaOf(one)}`))].map((pair): [string, string] => {
        const [convention = '', schema = ''] = pair.split(' ')
        return [convention, schema]
      }),
    ],
    [
      'convention-hook',
      lastDeployments.flatMap((one): [string, string][] => one['hooks'].map((hook: string) => [one['convention'], hook])),
    ],
    ['convention-agent', lastDeployments.map((one) => [one['convention'], one['actor']])],
    ['schema-agent', schemas.map((row) => [`${row['id']}@${row['version']}`, row['created_by']])],
    ['release-hook', releases.map((row) => [row['id'], row['hook']])],
    ['release-agent', releases.map((row) => [row['id'], row['built_by']])],
    ['pointer-event-release', moves.map((row) => [row['id'], row['to_release_id']])],
    ['pointer-event-agent', moves.map((row) => [row['id'], row['actor']])],
  ])
}
