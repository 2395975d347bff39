import {
  findOrAddRelease,
  findRelease,
  moveLive,
  requireModule,
  type FeatureTables,
  type HookRelease,
  type RegistryPorts,
  type ReleaseId,
} from '@strata/domain/registry'
import type { Reach } from '@strata/domain/identity'
import type { HookName, Slug } from '@strata/domain/shared'
import type { Convention } from './convention.ts'
import type { Change } from './change.ts'
import type { Manifest, WantedHook } from './manifest.ts'
import { parseManifest, type DeployInput } from './parse-deploy.ts'
import { planConvention } from './plan-deploy.ts'
import { planHook, type HookPlan } from './plan-hook.ts'
import type { ConventionContents } from './remove-convention.ts'
import { requireOwnSchema } from './require-own-schema.ts'
import { requireVocabulariesOf } from './require-vocabularies.ts'
import type { Schema, SchemaRef } from './schema.ts'
import { requireAdditive } from './schema-evolution.ts'

export interface DeployPorts extends RegistryPorts {
  readonly conventions: ConventionRepository
  readonly schemas: SchemaRepository
  readonly featureTables: FeatureTables
  readonly metadataTables: MetadataTables
}

export interface ConventionRepository {
  /** Waits for other deploys of the same slug, then reads; holds the slug until the transaction ends. */
  claim(slug: Slug): Promise<Convention | undefined>
  /** The conventions that use, or ever used, any version of this schema, ordered by slug. */
  usersOfSchema(id: string): Promise<readonly Slug[]>
  save(manifest: Manifest, actor: string): Promise<Convention>
  /** What the convention has; nothing can be added to it until the transaction ends. */
  contentsOf(slug: Slug): Promise<ConventionContents>
  remove(slug: Slug): Promise<void>
}

export interface SchemaRepository {
  /** Waits for other deploys of the same schema id, then reads; holds it until the transaction ends. */
  claim(ref: SchemaRef): Promise<Schema | undefined>
  /** Every version of the schema that has this one's major. */
  ofMajor(ref: SchemaRef): Promise<readonly Schema[]>
  insert(schema: Schema, actor: string): Promise<void>
}

/** Port: the typed table that records of one schema and major go to, whichever convention they belong to. */
export interface MetadataTables {
  /** Makes the table, or adds what it lacks. Doing it again changes nothing. */
  ensure(schema: Schema): Promise<void>
}

export interface DeployResult {
  /** Undefined only on the dry run of a new convention. */
  readonly convention: Convention | undefined
  readonly created: boolean
  /** One per hook, in the manifest's order; on a dry run only those whose release exists already. */
  readonly hooks: readonly HookOutcome[]
  readonly changes: readonly Change[]
}

export interface HookOutcome {
  readonly hook: HookName
  readonly release: HookRelease
  readonly created: boolean
  readonly madeLive: boolean
  readonly sourceRefAdded: boolean
  /** The hook's live release as this deploy left it; undefined when it has none. */
  readonly live: ReleaseId | undefined
}

/** Makes the archive what the manifest says, all or nothing. Doing it again changes nothing. */
export async function deployConvention(
  ports: DeployPorts,
  input: DeployInput,
  actor: string,
  /** Which conventions the caller may deploy. */
  reach: Reach = { of: 'ALL' },
): Promise<DeployResult> {
  const manifest = parseManifest(input)
  const schema = await ports.schemas.claim(manifest.schema)
  // The deploy locks the schema here, so no other deploy can start to use it before this one ends.
  const users = reach.of === 'ALL' ? [] : await ports.conventions.usersOfSchema(manifest.schema.id)
  requireOwnSchema({ ...manifest.schema, versionExists: schema !== undefined, users }, manifest.slug, reach)
  if (schema === undefined) {
    requireVocabulariesOf(manifest.schema)
    requireAdditive(await ports.schemas.ofMajor(manifest.schema), manifest.schema)
  }
  const convention = await ports.conventions.claim(manifest.slug)
  const plans = await planHooks(ports, manifest, input)
  const changes = [...planConvention({ convention, schema }, manifest), ...plans.flatMap((plan) => plan.changes)]
  const created = convention === undefined
  if (input.dryRun || changes.length === 0) return { convention, created, hooks: plans.flatMap(knownOutcome), changes }

  if (schema === undefined) await ports.schemas.insert(manifest.schema, actor)
  const hooks: HookOutcome[] = []
  for (const plan of plans) hooks.push(await applyHook(ports, plan, actor))
  const saved = await ports.conventions.save(manifest, actor)
  await ports.outbox.append({ type: 'ConventionDeployed', slug: manifest.slug, created })
  // Making a table locks the tables it refers to, so that comes last and is over soon.
  for (const { name, feature } of manifest.hooks) await ports.featureTables.ensure(name, feature)
  await ports.metadataTables.ensure(manifest.schema)
  return { convention: saved, created, hooks, changes }
}

/** Hooks are held in the order of their names: two deploys that share some never wait for each other crosswise. */
async function planHooks(ports: DeployPorts, { hooks, slug }: Manifest, input: DeployInput): Promise<readonly HookPlan[]> {
  const plans = new Map<HookName, HookPlan>()
  for (const wanted of hooks.toSorted((a, b) => (a.name < b.name ? -1 : 1))) plans.set(wanted.name, await plan(wanted))
  return hooks.flatMap(({ name }) => plans.get(name) ?? [])

  async function plan(wanted: WantedHook): Promise<HookPlan> {
    const now = await ports.hooks.claim(wanted.name)
    await requireModule(ports, wanted.release, `${wanted.path}.release`)
    const using = now ? await ports.hooks.conventionsUsing(wanted.name) : []
    const { allowShared, dryRun, promote = true, overrideRollback = false } = input
    const known = now && findRelease(now, wanted.release)
    const addsSourceRef = known !== undefined && !(await ports.hooks.knowsSourceRef(known, wanted.release.sourceRef))
    const others = using.filter((other) => other !== slug)
    return planHook(wanted, now, { others, allowShared, dryRun, promote, overrideRollback, addsSourceRef })
  }
}

async function applyHook(ports: DeployPorts, { wanted, now, documents, movesLive }: HookPlan, actor: string): Promise<HookOutcome> {
  const { name, feature, release: parsed, path } = wanted
  const hook = now ?? (await ports.hooks.insert(name, feature))
  if (documents) await ports.hooks.document(name, feature)
  const { release, created, sourceRefAdded } = await findOrAddRelease(ports, hook, parsed, actor)
  if (created) await ports.outbox.append({ type: 'ReleaseCreated', hook: name, version: release.version })
  if (movesLive) await moveLive(ports, hook, release, { actor, reason: 'deployed', field: path })
  return { hook: name, release, created, madeLive: movesLive, sourceRefAdded, live: movesLive ? release.id : hook.live }
}

function knownOutcome({ wanted, now, known, movesLive, addsSourceRef }: HookPlan): HookOutcome[] {
  return known ? [{ hook: wanted.name, release: known, created: false, madeLive: movesLive, sourceRefAdded: addsSourceRef, live: now?.live }] : []
}
