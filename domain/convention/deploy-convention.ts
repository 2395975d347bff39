import {
  findOrAddRelease,
  findRelease,
  moveLive,
  requireModule,
  type FeatureTables,
  printPending,
  type HookRelease,
  type PendingRecords,
  type RegistryPorts,
  type ReleaseId,
} from '@strata/domain/registry'
import type { Reach } from '@strata/domain/identity'
import { Faults, type HookName, type Refusal, type Slug } from '@strata/domain/shared'
import type { Convention } from './convention.ts'
import type { Change } from './change.ts'
import type { HookParts, ManifestParts } from './manifest.ts'
import { isWhole, parseManifest, type DeployInput } from './parse-deploy.ts'
import { planConvention, planSchema, schemaDifferences } from './plan-deploy.ts'
import { checkContract, planHook, type HookPlan } from './plan-hook.ts'
import { requireOwnSchema } from './require-own-schema.ts'
import { requireVocabulariesOf } from './require-vocabularies.ts'
import type { Schema, SchemaRef } from './schema.ts'
import { requireAdditive } from './schema-evolution.ts'
import type { ConventionRepository } from './convention-repository.ts'

export interface DeployPorts extends RegistryPorts {
  readonly conventions: ConventionRepository
  readonly schemas: SchemaRepository
  readonly featureTables: FeatureTables
  readonly metadataTables: MetadataTables
}

export interface SchemaRepository {
  /** Locks the schema id until the transaction ends, then reads. Waits for other deploys of it. */
  claim(ref: SchemaRef): Promise<Schema | undefined>
  /** All versions of the schema with this one's major. */
  ofMajor(ref: SchemaRef): Promise<readonly Schema[]>
  insert(schema: Schema, actor: string): Promise<void>
  /** Replaces the fields of a version that nothing has used. */
  redefine(schema: Schema, actor: string): Promise<void>
}

/** Port: the typed table of a schema's major, which all conventions on that schema share. */
export interface MetadataTables {
  /** Creates the table or adds missing columns. Idempotent. */
  ensure(schema: Schema): Promise<void>
  /** Drops the columns of an unused version that none of these versions of its major has. */
  forget(versions: readonly Schema[]): Promise<void>
}

export interface DeployResult {
  /** Undefined only on the dry run of a new convention. */
  readonly convention: Convention | undefined
  readonly created: boolean
  /** One per hook, in the manifest's order. A dry run has only those whose release already exists. */
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
  /** Counted over the conventions that use the hook, with the live release that the deploy leaves. */
  readonly pending: PendingRecords
}

/** Makes the archive match the manifest, all or nothing. Idempotent. Refuses a wrong manifest with all of its faults. */
export async function deployConvention(
  ports: DeployPorts,
  input: DeployInput,
  actor: string,
  /** The conventions that the caller may deploy. */
  reach: Reach = { of: 'ALL' },
  /** Faults of the hooks' programs. */
  unfit: readonly Refusal[] = [],
): Promise<DeployResult> {
  const faults = new Faults()
  const wanted = parseManifest(input, faults)
  faults.addAll(unfit)
  const schema = wanted.schema && (await ports.schemas.claim(wanted.schema))
  const redefines = wanted.schema !== undefined && schemaDifferences(schema, wanted.schema).length > 0
  if (wanted.schema && wanted.slug)
    await requireReach(ports, { ...wanted.schema, versionExists: schema !== undefined && !redefines }, wanted.slug, reach)
  const schemaChanges = wanted.schema ? await checkSchema(ports, schema, wanted.schema, { slug: wanted.slug, redefines, faults }) : []
  const convention = wanted.slug && (await ports.conventions.claim(wanted.slug))
  const plans = await planHooks(ports, wanted, input, faults)
  faults.end()
  const { manifest } = wanted
  if (manifest === undefined) throw new Error('a manifest without a fault is not whole')

  const changes = [...schemaChanges, ...withPending(planConvention(convention, manifest), plans), ...plans.flatMap((plan) => plan.changes)]
  const created = convention === undefined
  if (input.dryRun || changes.length === 0) return { convention, created, hooks: plans.flatMap(knownOutcome), changes }

  if (schema === undefined) await ports.schemas.insert(manifest.schema, actor)
  else if (redefines) await ports.schemas.redefine(manifest.schema, actor)
  const hooks: HookOutcome[] = []
  for (const plan of plans) hooks.push(await applyHook(ports, plan, actor))
  const saved = await ports.conventions.save(manifest, actor)
  await ports.outbox.append({ type: 'ConventionDeployed', slug: manifest.slug, created })
  // Creating a table locks the tables it refers to, so it comes last to keep the locks short.
  for (const { name, feature } of manifest.hooks) await ports.featureTables.ensure(name, feature)
  if (redefines) await ports.metadataTables.forget(await ports.schemas.ofMajor(manifest.schema))
  await ports.metadataTables.ensure(manifest.schema)
  return { convention: saved, created, hooks, changes }
}

async function requireReach(
  ports: Pick<DeployPorts, 'conventions'>,
  schema: SchemaRef & { readonly versionExists: boolean },
  slug: Slug,
  reach: Reach,
): Promise<void> {
  // The deploy holds the schema's lock, so no other deploy can start to use the schema before this one ends.
  const users = reach.of === 'ALL' ? [] : await ports.conventions.usersOfSchema(schema.id)
  requireOwnSchema({ ...schema, users }, slug, reach)
}

async function checkSchema(
  { conventions, schemas }: Pick<DeployPorts, 'conventions' | 'schemas'>,
  now: Schema | undefined,
  wanted: Schema,
  { slug, redefines, faults }: { readonly slug: Slug | undefined; readonly redefines: boolean; readonly faults: Faults },
): Promise<readonly Change[]> {
  const usage = redefines ? await conventions.usageOfSchema(wanted) : undefined
  const changes = faults.attempt(() => planSchema(now, wanted, slug, usage))
  if (changes !== undefined && (now === undefined || redefines)) {
    faults.attempt(() => requireVocabulariesOf(wanted))
    const versions = await schemas.ofMajor(wanted)
    faults.attempt(() => requireAdditive(versions, wanted))
  }
  return changes ?? []
}

/** Locks hooks in the order of their names, so that two deploys cannot deadlock. */
async function planHooks(
  ports: DeployPorts,
  { hooks, slug }: ManifestParts,
  input: DeployInput,
  faults: Faults,
): Promise<readonly HookPlan[]> {
  const found = new Map<string, { readonly faults: Faults; readonly plan: HookPlan | undefined }>()
  for (const hook of hooks.toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))) {
    const own = new Faults()
    found.set(hook.path, { faults: own, plan: await plan(hook, own) })
  }
  // Faults are reported in the order of the manifest.
  return hooks.flatMap(({ path }) => {
    const one = found.get(path)
    faults.addAll(one?.faults.all ?? [])
    return one?.plan ?? []
  })

  async function plan(hook: HookParts, own: Faults): Promise<HookPlan | undefined> {
    const { name, feature, release, path } = hook
    if (name === undefined) return undefined
    const now = await ports.hooks.claim(name)
    if (feature !== undefined) own.attempt(() => checkContract(now, { name, feature, path }))
    if (release !== undefined) await own.attemptAsync(() => requireModule(ports, release, `${path}.release`))
    if (!isWhole(hook) || own.some) return undefined
    const using = now ? await ports.hooks.conventionsUsing(name) : []
    const { allowShared, dryRun, promote = true, overrideRollback = false } = input
    const known = now && findRelease(now, hook.release)
    const addsSourceRef = known !== undefined && !(await ports.hooks.knowsSourceRef(known, hook.release.sourceRef))
    const others = using.filter((other) => other !== slug)
    const pendingWith = (live: ReleaseId | undefined) =>
      ports.hooks.pendingRecords(name, live, slug === undefined ? others : [...others, slug])
    return own.attemptAsync(() =>
      planHook(hook, now, { others, allowShared, dryRun, promote, overrideRollback, addsSourceRef, pendingWith }),
    )
  }
}

/** Says for each hook that is new to the convention what is left to compute. A change that moves live says it itself. */
function withPending(changes: readonly Change[], plans: readonly HookPlan[]): readonly Change[] {
  const newHere = new Map(
    plans.filter(({ movesLive }) => !movesLive).map(({ wanted, pending }) => [`hooks.${wanted.name}`, printPending(pending)]),
  )
  return changes.map((change) =>
    change.kind === 'UPDATED' ? { ...change, summary: `${change.summary}${newHere.get(change.path) ?? ''}` } : change,
  )
}

async function applyHook(
  ports: DeployPorts,
  { wanted, now, documents, movesLive, pending }: HookPlan,
  actor: string,
): Promise<HookOutcome> {
  const { name, feature, release: parsed, path } = wanted
  const hook = now ?? (await ports.hooks.insert(name, feature))
  if (documents) await ports.hooks.document(name, feature)
  const { release, created, sourceRefAdded } = await findOrAddRelease(ports, hook, parsed, actor)
  if (created) await ports.outbox.append({ type: 'ReleaseCreated', hook: name, version: release.version })
  if (movesLive) await moveLive(ports, hook, release, { actor, reason: 'deployed', field: path })
  return { hook: name, release, created, madeLive: movesLive, sourceRefAdded, live: movesLive ? release.id : hook.live, pending }
}

/** A release that was rolled back becomes live again only with `overrideRollback`. */
function knownOutcome({ wanted, now, known, movesLive, isHeldBack, addsSourceRef, pending }: HookPlan): HookOutcome[] {
  const madeLive = movesLive && !isHeldBack
  return known
    ? [{ hook: wanted.name, release: known, created: false, madeLive, sourceRefAdded: addsSourceRef, live: now?.live, pending }]
    : []
}
