import { expect } from 'vitest'
import { hookInput, manifestWithHooks } from '../../runs/manifest.ts'
import { sha256, type Happening, type Mark, type Run } from './chronicle.ts'
import { dice } from './say.ts'
import type { ScriptedArchive } from './scripted-archive.ts'
import type { storyteller } from './storyteller.ts'
import { eventually } from '../../support/eventually.ts'

export interface BackfillAsked {
  readonly hook: string
  readonly version?: number
  readonly convention?: string
  readonly only?: readonly string[]
  readonly stale?: boolean
  readonly limit?: number
}

interface Backfilled {
  readonly asked: BackfillAsked
  /** How much had happened when it was asked for. */
  readonly happened: number
  readonly recordCount: number
  readonly runs: readonly Run[]
}

interface Cited {
  readonly id: string
  readonly convention: string
  readonly table: string
  readonly mark: Mark
}

/** What people do in this archive, each thing written down when it has taken its effect. */
export function chronicler(archive: ScriptedArchive, teller: ReturnType<typeof storyteller>, seed: number) {
  const happenings: Happening[] = []
  const marks: Mark[] = []
  const backfills: Backfilled[] = []
  const cited: Cited[] = []
  const counted = new Map<string, number>()
  const schemas = new Set<string>()
  const versions = new Map<string, number>()
  const shared = new Set<string>()
  const chance = dice(seed, 'history')

  /** Until nothing is under way; then what was run is written down. */
  async function settle(by: string, asked?: Parameters<typeof teller.told>[1]): Promise<Run[]> {
    await eventually(async () => expect((await archive.database.pool.query(underWay)).rows).toEqual([{ n: 0n }]))
    const runs = teller.told(`user:${by}`, asked)
    happenings.push(...runs)
    return runs
  }

  async function noteMove(hook: string): Promise<void> {
    const { pointerLog } = (await archive.ask('ada', movesOf, { hook })).hook
    const [{ id, actor, reason, from, to }] = pointerLog.nodes
    happenings.push({ what: 'moved', hook, id, from: from?.version ?? null, to: to.version, by: actor, reason })
  }

  function artifactOf(hook: string, like: number, factor: number) {
    const source = `export default async () => [] // ${hook} ${like} of ${seed}`
    const { release } = hookInput({ source, config: { factor } })
    return {
      release: { ...release, sourceRef: `git:https://example.org/${hook}@${sha256(`${hook} ${like}`).slice(0, 40)}` },
      digest: `sha256:${sha256(source)}`,
      config: { factor },
    }
  }

  async function noteRelease(hook: string, { digest, config, release }: ReturnType<typeof artifactOf>, by: string): Promise<number> {
    const version = (versions.get(hook) ?? 0) + 1
    versions.set(hook, version)
    teller.knows(hook, digest, config, version)
    const { id } = (
      await archive.ask('ada', 'query ($hook: String!, $v: Int!) { hook(name: $hook) { release(version: $v) { id } } }', {
        hook,
        v: version,
      })
    ).hook.release
    happenings.push({ what: 'released', hook, version, id, digest, config, sourceRef: release.sourceRef, by: `user:${by}` })
    return version
  }

  async function deploy(by: string, slug: string, schema: string, hooks: readonly string[]): Promise<void> {
    const artifacts = hooks.map((name) => ({ name, ...artifactOf(name, 1, 1) }))
    const input = {
      ...manifestWithHooks(artifacts.map(({ name, release }) => ({ ...hookInput({ name }), release }))),
      slug,
      title: slug,
      schema: { id: schema, version: '1.0.0', fields: [{ name: 'n', type: 'INTEGER', required: true, cardinality: 'ONE' }] },
    }
    await archive.ask(by, 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input })
    happenings.push({
      what: 'deployed',
      convention: slug,
      schema: `${schema}@1.0.0`,
      hooks,
      by: `user:${by}`,
      newSchema: !schemas.has(schema),
    })
    schemas.add(schema)
    for (const artifact of artifacts.filter(({ name }) => !shared.has(name))) {
      shared.add(artifact.name)
      await noteRelease(artifact.name, artifact, by)
      await noteMove(artifact.name)
    }
    await settle(by)
  }

  async function publish(by: string, convention: string, count: number, asked?: Parameters<typeof teller.told>[1]): Promise<Run[]> {
    const first = counted.get(convention) ?? 0
    counted.set(convention, first + count)
    const records = Array.from({ length: count }, (_, i) => ({ sourceId: `${convention}-${first + i}`, metadata: { n: first + i } }))
    const node = `${by}.example`
    const { publishRecords } = await archive.ask(
      by,
      'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { srn status } } }',
      {
        input: { convention, source: { import: { sourceNode: node } }, records },
      },
    )
    for (const [i, { srn }] of publishRecords.results.entries()) {
      happenings.push({
        what: 'published',
        convention,
        record: recordOf(srn),
        srn,
        version: 1,
        before: undefined,
        n: first + i,
        source: `${convention}/import/${convention}-${first + i}`,
        node,
        by: `user:${by}`,
      })
    }
    return settle(by, asked)
  }

  /** Some of a convention's records get another number, in their next versions. */
  async function revise(by: string, convention: string, count: number): Promise<Run[]> {
    const published = happenings.filter((one) => one.what === 'published')
    const newest = published.filter((one) => one.convention === convention && !published.some(({ before }) => before === one.record))
    const from = Math.floor(chance() * newest.length)
    const revised = [...newest.slice(from), ...newest.slice(0, from)].slice(0, count)
    const first = counted.get(convention) ?? 0
    counted.set(convention, first + revised.length)
    const input = {
      convention,
      source: { import: { sourceNode: `${by}.example` } },
      records: revised.map(({ source }, i) => ({ sourceId: source.split('/').at(-1), metadata: { n: first + i } })),
      onChange: 'REVISE',
    }
    const { publishRecords } = await archive.ask(
      by,
      'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { srn status } } }',
      { input },
    )
    for (const [i, { srn, status }] of publishRecords.results.entries()) {
      expect(status).toBe('REVISED')
      const before = revised[i] ?? expect.fail('revised something else')
      const { provenance } = await archive.ask(by, 'query ($of: ID!) { provenance(of: $of, maxNodes: 1) { root } }', { of: srn })
      happenings.push({
        ...before,
        record: provenance.root.slice('record:'.length),
        srn,
        version: before.version + 1,
        before: before.record,
        n: first + i,
        by: `user:${by}`,
      })
    }
    return settle(by)
  }

  async function release(by: string, hook: string, o: { promote: boolean; sameCodeAs?: number }): Promise<number> {
    const next = (versions.get(hook) ?? 0) + 1
    const artifact = artifactOf(hook, o.sameCodeAs ?? next, next)
    await archive.ask(by, 'mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { created } }', {
      input: { hook, promote: o.promote, release: artifact.release },
    })
    const version = await noteRelease(hook, artifact, by)
    if (o.promote) await noteMove(hook)
    await settle(by)
    return version
  }

  async function setLive(by: string, hook: string, version: number, reason?: string): Promise<void> {
    const { setLive: done } = await archive.ask(by, 'mutation ($input: SetLiveInput!) { setLive(input: $input) { event { id } } }', {
      input: { hook, version, reason },
    })
    if (done.event !== null) await noteMove(hook)
    await settle(by)
  }

  async function judge(by: string, hook: string, version: number, state: 'DEPRECATED' | 'YANKED', reason: string): Promise<void> {
    await archive.ask(by, 'mutation ($input: SetReleaseStateInput!) { setReleaseState(input: $input) { release { id } } }', {
      input: { hook, version, state, reason },
    })
    happenings.push({ what: 'judged', hook, version, state, reason })
    await settle(by)
  }

  async function backfill(by: string, asked: BackfillAsked, o: { interrupted?: boolean } = {}): Promise<void> {
    const happened = happenings.length
    if (o.interrupted) teller.feels('hangs')
    const hangs = teller.hangs()
    const {
      backfill: { recordCount, backfill: made },
    } = await archive.ask(by, 'mutation ($input: BackfillInput!) { backfill(input: $input) { recordCount backfill { id } } }', {
      input: asked,
    })
    if (o.interrupted && made !== null) {
      await hangs
      await archive.ask(by, 'mutation ($id: ID!) { cancelBackfill(id: $id) { status } }', { id: made.id })
      await settle(by)
      teller.feels('usual')
      await archive.ask(by, 'mutation ($id: ID!) { resumeBackfill(id: $id) { status } }', { id: made.id })
    }
    teller.feels('usual')
    backfills.push({ asked, happened, recordCount, runs: await settle(by) })
  }

  /** The release's artifact is broken at first; somebody mends what it needs, and retries. */
  async function publishBrokenAndRetry(by: string, convention: string, count: number): Promise<void> {
    teller.feels('breaks')
    const broken = await publish(by, convention, count)
    teller.feels('usual')
    for (const { run } of broken) {
      const { retryRun } = await archive.ask(by, 'mutation ($id: ID!) { retryRun(id: $id) { id } }', { id: run })
      await settle(by, { run: retryRun.id, follows: run })
    }
  }

  async function reproduce(by: string, run: string): Promise<void> {
    teller.feels('reproduces')
    const { reproduce: made } = await archive.ask(by, 'mutation ($run: ID!) { reproduce(run: $run) { id } }', { run })
    await settle(by, { run: made.id, reproduces: run })
    teller.feels('usual')
  }

  /** A moment between what came before and what comes after, by any clock of a millisecond. */
  async function mark(name: string): Promise<Mark> {
    await new Promise((resolve) => setTimeout(resolve, 5))
    const made = { name, at: new Date().toISOString(), happened: happenings.length }
    marks.push(made)
    await new Promise((resolve) => setTimeout(resolve, 5))
    return made
  }

  async function cite(by: string, convention: string, table: string): Promise<void> {
    const { cite: made } = await archive.ask(by, 'mutation ($c: String!, $t: String!) { cite(convention: $c, table: $t) { id } }', {
      c: convention,
      t: table,
    })
    cited.push({ id: made.id, convention, table, mark: await mark(`citing ${table} of ${convention}`) })
  }

  const pick = <T>(chance: () => number, from: readonly T[]): T =>
    from[Math.floor(chance() * from.length)] ?? expect.fail('nothing to pick from')
  return {
    happenings,
    marks,
    backfills,
    cited,
    deploy,
    publish,
    revise,
    release,
    setLive,
    judge,
    backfill,
    publishBrokenAndRetry,
    reproduce,
    mark,
    cite,
    chance,
    pick,
  }
}

const underWay = `select (select count(*) from hook_run where finished_at is null) + (select count(*) from outbox where handled_at is null)
  + (select count(*) from backfill where status = 'RUNNING') as n`

const movesOf =
  'query ($hook: String!) { hook(name: $hook) { pointerLog(first: 1) { nodes { id actor reason from { version } to { version } } } } }'

function recordOf(srn: string): string {
  return srn.split(':').at(-1)?.split('@')[0] ?? ''
}
