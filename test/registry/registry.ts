import { deployConvention, type DeployInput, type DeployPorts, type DeployResult } from '@strata/domain/convention'
import type { ReleaseState } from '@strata/domain/registry'
import * as postgres from '@strata/infrastructure/postgres'
import { deployPorts } from '../../subgraphs/conventions/compose.ts'
import { manifest } from '../support/index.ts'
import { useCasesOn } from '../support/use-cases.ts'

/** What an author does in the registry of this database. */
export function registryOn(database: postgres.Database) {
  const { as, registry } = useCasesOn(database)
  const author = as('author')
  return {
    queries: { ...registry.hooks, ...registry.releases },
    deploy: author.deploy,
    /** A deploy in which some ports fail, or look at what happens. */
    deployWith: (input: DeployInput, change: Partial<DeployPorts>): Promise<DeployResult> =>
      postgres.transaction(database, (tx) => deployConvention({ ...deployPorts(tx, actor), ...change }, input, actor)),
    release: (hook: string, release: object, promote = true, overrideRollback = false) =>
      author.createRelease({ hook, release: release as never, promote, overrideRollback }),
    remove: author.removeConvention,
    setLive: (hook: string, version: number, expectedVersion?: number, reason?: string) =>
      author.setLive({ hook, version, expectedVersion, reason }),
    setState: (hook: string, version: number, state: ReleaseState, reason = 'because') =>
      author.setReleaseState({ hook, version, state, reason }),
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
