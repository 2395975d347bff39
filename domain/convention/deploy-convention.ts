import type { Outbox, Slug } from '@strata/domain/shared'
import type { Convention } from './convention.ts'
import { parseManifest, type DeployInput, type Manifest } from './parse-deploy.ts'
import { planConvention, type Change } from './plan-deploy.ts'
import type { Schema, SchemaRef } from './schema.ts'

export interface DeployPorts {
  readonly conventions: ConventionRepository
  readonly schemas: SchemaRepository
  readonly outbox: Outbox
}

export interface ConventionRepository {
  /** Waits for other deploys of the same slug, then reads; holds the slug until the transaction ends. */
  claim(slug: Slug): Promise<Convention | undefined>
  save(manifest: Manifest, actor: string): Promise<Convention>
}

export interface SchemaRepository {
  /** Waits for other deploys of the same schema id, then reads; holds it until the transaction ends. */
  claim(ref: SchemaRef): Promise<Schema | undefined>
  insert(schema: Schema, actor: string): Promise<void>
}

export interface DeployResult {
  /** Undefined only on the dry run of a new convention. */
  readonly convention: Convention | undefined
  readonly created: boolean
  readonly changes: readonly Change[]
}

/** Makes the archive what the manifest says, all or nothing. Doing it again changes nothing. */
export async function deployConvention(ports: DeployPorts, input: DeployInput, actor: string): Promise<DeployResult> {
  const manifest = parseManifest(input)
  const schema = await ports.schemas.claim(manifest.schema)
  const convention = await ports.conventions.claim(manifest.slug)
  const changes = planConvention({ convention, schema }, manifest)
  const created = convention === undefined
  if (input.dryRun || changes.length === 0) return { convention, created, changes }

  if (schema === undefined) await ports.schemas.insert(manifest.schema, actor)
  const saved = await ports.conventions.save(manifest, actor)
  await ports.outbox.append({ type: 'ConventionDeployed', slug: manifest.slug, created })
  return { convention: saved, created, changes }
}
