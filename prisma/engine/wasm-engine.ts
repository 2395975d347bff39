import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { MigrationAdapterFactory } from './migration-adapter.ts'

export interface Engine {
  call(method: string, params: unknown): Promise<unknown>
}

const METHODS = [
  'applyMigrations',
  'createMigration',
  'dbExecute',
  'devDiagnostic',
  'diagnoseMigrationHistory',
  'diff',
  'ensureConnectionValidity',
  'evaluateDataLoss',
  'introspect',
  'markMigrationApplied',
  'markMigrationRolledBack',
  'reset',
  'schemaPush',
  'version',
] as const

export async function openEngine(url: string | undefined): Promise<Engine> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: reportPanic } })
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm')
  const adapters = bindMigrationAwareSqlAdapterFactory(new MigrationAdapterFactory(url))
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapters)

  return {
    async call(method, params) {
      const name = METHODS.find((known) => known === (method === 'getDatabaseVersion' ? 'version' : method))
      if (name === undefined) throw new Error(`The schema engine has no method "${method}".`)
      // The parameters come from Prisma's own command line, of the same version as this engine.
      try {
        return await (name === 'version' ? engine.version(null) : engine[name](params as never))
      } catch (error) {
        throw original(error) ?? error
      }
    },
  }

  /** An error of ours passes through WebAssembly as a number; the registry still has it. */
  function original(error: unknown): unknown {
    const id = error instanceof Error ? /External error id#(\d+)/.exec(error.message)?.[1] : undefined
    return id === undefined ? undefined : adapters.errorRegistry.consumeError(Number(id))?.error
  }
}

function reportPanic(message: string): void {
  process.stderr.write(`The schema engine panicked: ${message}\n`)
}
