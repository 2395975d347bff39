import type { Database } from '@strata/infrastructure/postgres'
import { writeVersions, type Version } from './history-of-versions.ts'

/** A number from 0 to 1 at each call, the same ones for the same seed. */
export type Chance = () => number

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const begin = Date.parse('2026-01-01T00:00:00Z')
export const hour = 3_600_000
const licences: Readonly<Record<string, string>> = { alphas: 'CC-BY-4.0', betas: 'MIT OR CC0-1.0' }
/** Everything in a history happened before. */
export const end = begin + 300 * hour

/** Writes a random past into a database: conventions, hooks, releases, moves, records with files, runs and their outcomes. */
export async function writeHistory(database: Database, seed: number, size = 1): Promise<void> {
  const chance = chanceOf(seed)
  const below = (n: number) => Math.floor(chance() * n)
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const some = <T>(from: readonly T[], likely: number): T[] => from.filter(() => chance() < likely)
  let ids = 0
  // Time-ordered, as the archive's own are.
  const uuid = () =>
    `${(++ids).toString(16).padStart(8, '0')}-0000-7000-8000-${below(2 ** 32)
      .toString(16)
      .padStart(12, '0')}`
  const time = (from: number, to: number) => new Date(begin + Math.floor((from + chance() * (to - from)) * hour))
  const insert = async (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row)
    const values = names.map((_, i) => `$${i + 1}`)
    await database.pool.query(
      `insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')}) values (${values.join(', ')})`,
      Object.values(row),
    )
  }

  // Written kind by kind and not in the order of their times, so a run may be older than the moves that are there already.
  await database.pool.query('alter table hook_run disable trigger hook_run_follows')

  // In one statement: the database refuses a move without its event, and an event without its move.
  const move = (hook: string, to: string, event: Record<string, unknown>) => {
    const names = Object.keys(event)
    return database.pool.query(
      `with moved as (update hook set live_release_id = $1 where name = $2)
        insert into pointer_event (${names.join(', ')}) values (${names.map((_, i) => `$${i + 3}`).join(', ')})`,
      [to, hook, ...Object.values(event)],
    )
  }

  const actors = ['user:ada', 'user:ben', 'machine:https://ci.example#lab', 'system:node']
  const schemas = ['1.0.0', '1.1.0', '2.0.0'].map((version) => ({ id: 'thing', version, at: time(0, 5) }))
  for (const { id, version, at } of schemas) {
    await insert('schema_version', { id, version, title: id, fields: '[]', created_at: at, created_by: pick(actors) })
  }
  const conventions = ['alphas', 'betas', 'gammas'].map((slug) => ({ slug, schema: pick(schemas), created: time(5, 10) }))

  const hooks = ['grade', 'shape', 'sound'].map((name) => ({ name, created: time(5, 12), releases: [] as { id: string; at: Date }[] }))
  for (const hook of hooks) {
    await insert('hook', {
      name: hook.name,
      feature: JSON.stringify({ kind: 'table', cardinality: 'MANY', columns: [] }),
      created_at: hook.created,
    })
    for (let version = 1; version <= 1 + below(4); version++) {
      const release = { id: uuid(), at: time(12, 30) }
      hook.releases.push(release)
      await insert('hook_release', {
        id: release.id,
        hook: hook.name,
        version,
        runtime: JSON.stringify({ type: 'module', digest: `sha256:${'0'.repeat(63)}${version}` }),
        artifact: `${hook.name} ${version}`,
        source_ref: 'git:here',
        built_by: pick(actors),
        built_at: release.at,
      })
    }
    let before: string | null = null
    const moves = Array.from({ length: below(6) }, () => time(30, 80)).toSorted((a, b) => a.getTime() - b.getTime())
    for (const [i, at] of moves.entries()) {
      const to = pick(hook.releases).id
      await move(hook.name, to, {
        id: uuid(),
        hook: hook.name,
        position: i + 1,
        from_release_id: before,
        to_release_id: to,
        actor: pick(actors),
        at,
      })
      before = to
    }
  }
  for (const { slug, schema, created } of conventions) {
    const deployments = [created, ...Array.from({ length: below(4) }, () => time(10, 80))]
      .toSorted((a, b) => a.getTime() - b.getTime())
      .map((at, i, { length }) => ({
        at,
        actor: pick(actors),
        title: `${slug} ${i}`,
        license: licences[slug] ?? null,
        schema: i === length - 1 ? schema : pick(schemas),
        hooks: some(hooks, 0.7)
          .filter((hook) => hook.created <= at)
          .map(({ name }) => name),
      }))
    const last = deployments.at(-1)
    if (last === undefined) throw new Error('a convention was deployed once at least')
    await insert('convention', {
      slug,
      title: last.title,
      description: '',
      license: last.license,
      schema_id: schema.id,
      schema_version: schema.version,
      files: '{}',
      created_at: created,
      updated_at: last.at,
      updated_by: last.actor,
    })
    for (const had of new Set(deployments.map((one) => one.schema))) {
      await insert('convention_schema', { convention: slug, schema_id: had.id, schema_version: had.version })
    }
    for (const [position, hook] of last.hooks.entries()) await insert('convention_hook', { convention: slug, hook, position })
    for (const { at, actor, title, license, schema: had, hooks } of deployments) {
      await insert('convention_deployment', {
        convention: slug,
        at,
        actor,
        title,
        license,
        schema_id: had.id,
        schema_version: had.version,
        hooks,
      })
    }
  }

  const digests = Array.from({ length: 8 }, (_, i) => `sha256:${i.toString(16).padStart(64, 'f')}`)
  for (const digest of digests)
    await insert('file', { digest, size: 10, created_by: 'user:ada', stored_at: time(0, 5), referenced_at: time(0, 5) })
  const forks = new Set<string>()
  const count = ({ convention, counted }: Version, records: number) =>
    insert('record_count', { convention, schema_id: counted.schema, schema_major: counted.major, records })
  const records: Version[] = []
  for (let n = 0; n < 40 * size; n++) {
    const convention = pick(conventions)
    const type = pick(['import', 'fork', 'deposition'])
    // Some forks are of versions of records of this archive; one convention has at most one fork of each record.
    const forked = type === 'fork' && chance() < 0.5 ? records[below(records.length)] : undefined
    const isNewFork = forked !== undefined && !forks.has(`${convention.slug} ${forked.identity}`)
    if (isNewFork) forks.add(`${convention.slug} ${forked.identity}`)
    const sourceId = isNewFork ? `urn:osa:localhost:rec:${forked.identity}${pick(['', '@1', '@2', '@3'])}` : `s${n}`
    const source = JSON.stringify({
      type,
      id: sourceId,
      ...(type === 'deposition' ? {} : { sourceNode: pick(['a.example', 'b.example']) }),
    })
    const schema = pick(schemas)
    const id = uuid()
    const record = {
      id,
      convention: convention.slug,
      at: time(12, 70),
      identity: id,
      version: 1,
      source,
      counted: { schema: schema.id, major: Number(schema.version[0]) },
    }
    records.push(record)
    await insert('record', {
      id: record.id,
      convention: convention.slug,
      schema_id: schema.id,
      schema_version: schema.version,
      metadata: '{}',
      published_at: record.at,
      published_by: pick(actors),
      source,
    })
    await count(record, 1)
    for (const [position, digest] of some(digests, 0.15).entries()) {
      await insert('record_file', { record_id: record.id, name: `f${position}`, position, digest })
      // The same content under two names is one file.
      if (chance() < 0.2) await insert('record_file', { record_id: record.id, name: `again${position}`, position: position + 100, digest })
    }
  }

  records.push(...(await writeVersions(records, { chance, below, pick, uuid, insert, count, actors, schemas })))

  const ended: { id: string; batch: string; at: Date }[] = []
  for (let n = 0; n < 15 * size; n++) {
    const convention = pick(conventions).slug
    const within = some(
      records.filter((record) => record.convention === convention),
      0.3,
    )
    const candidate = chance() < 0.3 ? [uuid()] : []
    const recordIds = [...within.map(({ id }) => id), ...candidate]
    if (recordIds.length === 0) continue
    const followed = ended.length > 0 && chance() < 0.3 ? pick(ended) : undefined
    const batch = uuid()
    const taken = await database.pool.query('select 1 from batch where follows = $1', [followed?.id])
    const follow = taken.rowCount === 0 ? (followed?.id ?? null) : null
    await insert('batch', {
      id: batch,
      convention,
      priority: 'BULK',
      record_ids: recordIds,
      follows: follow,
      round: follow === null ? 0 : 1,
      actor: pick(actors),
    })
    for (const hook of some(hooks, 0.6)) {
      const release = pick(hook.releases)
      const id = uuid()
      const repeated = ended.filter((one) => one.batch === batch && chance() < 0.5).at(-1)
      const after = Math.max(followed?.at.getTime() ?? 0, repeated?.at.getTime() ?? 0)
      const created = new Date(Math.max(time(30, 90).getTime(), after + 1))
      const finished = chance() < 0.8 ? new Date(created.getTime() + (1 + below(8)) * hour) : null
      const passed = finished !== null && chance() < 0.8
      const outcomes = finished === null ? [] : recordIds.map((record) => ({ record, rows: passed && chance() < 0.7 ? 1 + below(3) : 0 }))
      const rows = outcomes.reduce((sum, outcome) => sum + outcome.rows, 0)
      await insert('hook_run', {
        id,
        batch_id: batch,
        hook: hook.name,
        release_id: release.id,
        convention,
        priority: 'BULK',
        memory_bytes: 1,
        actor: pick(actors),
        created_at: created,
        status: finished === null ? 'QUEUED' : passed ? 'PASSED' : 'FAILED',
        started_at: finished && created,
        finished_at: finished,
        ...(passed ? { run_json: '{}', committed_at: finished, row_count: rows } : {}),
        ...(finished !== null && !passed ? { failure_kind: 'crashed', failure_message: 'It did.' } : {}),
        retry_of: repeated?.id ?? null,
      })
      for (const { record, rows: count } of outcomes) {
        await insert('run_outcome', {
          run: id,
          record,
          release_id: release.id,
          status: count > 0 ? 'PASSED' : passed ? 'EMPTY' : 'ERRORED',
          row_count: count,
          ...(passed ? {} : { reason: 'It did.' }),
        })
      }
      if (finished !== null) ended.push({ id, batch, at: finished })
    }
  }
}
