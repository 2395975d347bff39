import { deployConvention, removeConvention, type DeployInput, type DeployResult } from '@strata/domain/convention'
import { createRelease, setLive, setReleaseState, type ReleaseState } from '@strata/domain/registry'
import * as postgres from '@strata/infrastructure/postgres'
import { manifest } from '../support/index.ts'

/** The registry's use cases on a database, each call in its own transaction, as a subgraph runs them. */
export function registryOn(database: postgres.Database) {
  return {
    queries: postgres.registryQueries(database),
    deploy: (input: DeployInput, change: Partial<ReturnType<typeof ports>> = {}): Promise<DeployResult> =>
      postgres.transaction(database, (tx) => deployConvention({ ...ports(tx), ...change }, input, actor)),
    release: (hook: string, release: object, promote = true, overrideRollback = false) =>
      postgres.transaction(database, (tx) =>
        createRelease(ports(tx), { hook, release: release as never, promote, overrideRollback }, actor),
      ),
    remove: (slug: string) => postgres.transaction(database, (tx) => removeConvention(postgres.conventionRepository(tx), slug)),
    setLive: (hook: string, version: number, expectedVersion?: number, reason?: string) =>
      postgres.transaction(database, (tx) => setLive(ports(tx), { hook, version, expectedVersion, reason }, actor)),
    setState: (hook: string, version: number, state: ReleaseState, reason = 'because') =>
      postgres.transaction(database, (tx) => setReleaseState(ports(tx), { hook, version, state, reason }, actor)),
  }
}

function ports(tx: postgres.Transaction) {
  return {
    conventions: postgres.conventionRepository(tx),
    schemas: postgres.schemaRepository(tx),
    featureTables: postgres.featureTables(tx),
    metadataTables: postgres.metadataTables(tx),
    hooks: postgres.hookRepository(tx),
    modules: postgres.moduleStore(tx),
    outbox: postgres.outbox(tx, actor),
  }
}

export type Registry = ReturnType<typeof registryOn>
const actor = 'user:author'

export const pockets = { table: { cardinality: 'MANY', columns: [{ name: 'score', type: 'NUMBER', required: true }] } } as const

/** A release of the module that differs from others by its number. */
export function moduleRelease(n: number, config: object = {}) {
  return { runtime: { module: { source: `export default () => [{ score: ${n} }]`, config } }, sourceRef: `git:example@${n}` } as const
}

export function deployInput(changes: object = {}): DeployInput {
  return { ...parsed(manifest()), hooks: [hookInput(1)], dryRun: false, allowShared: false, ...changes } as unknown as DeployInput
}

export function hookInput(n: number, changes: object = {}) {
  return { name: 'find_pockets', feature: pockets, release: moduleRelease(n), ...changes }
}

/** GraphQL fills in defaults before a use case sees a manifest. */
function parsed(input: ReturnType<typeof manifest>) {
  const fields = input.schema.fields.map((field) => ({ required: true, cardinality: 'ONE', ...field }))
  return { ...input, schema: { ...input.schema, fields } }
}
