import type { DeployInput } from '@strata/domain/convention'
import type { JsonObject } from '@strata/domain/shared'

export interface HookOfTest {
  readonly name?: string
  readonly source?: string
  readonly cardinality?: 'ONE' | 'MANY'
  readonly memory?: string
  readonly timeoutSeconds?: number
  readonly config?: JsonObject
  /** In place of a module. */
  readonly image?: { readonly image: string; readonly digest: string }
}

/** Twice the number, and a word. */
const doubling = `export default async function hook({ record }) { return [{ value: record.metadata.n * 2, word: 'n' + record.metadata.n }] }`

export function hookInput({
  name = 'doubled',
  source = doubling,
  cardinality = 'MANY',
  memory = '128Mi',
  timeoutSeconds = 30,
  config = {},
  image,
}: HookOfTest) {
  const limits = { timeoutSeconds, memory, cpu: '1' }
  return {
    name,
    feature: {
      table: {
        cardinality,
        columns: [
          { name: 'value', type: 'NUMBER' as const, required: true },
          { name: 'word', type: 'TEXT' as const, required: false },
        ],
      },
    },
    release: {
      runtime: image === undefined ? { module: { source, config, limits } } : { oci: { ...image, config, limits } },
      sourceRef: 'git:https://example.org/hooks@0123456789abcdef0123456789abcdef01234567',
    },
  }
}

/** Records that are a number each. */
export function manifestWithHooks(hooks: readonly ReturnType<typeof hookInput>[]): DeployInput {
  return {
    slug: 'numbers',
    title: 'Numbers',
    description: 'Whole numbers.',
    schema: { id: 'number', version: '1.0.0', fields: [{ name: 'n', type: 'INTEGER', required: true, cardinality: 'ONE' }] },
    hooks,
    dryRun: false,
    allowShared: true,
  }
}
