import { BadUserInput, digestOf, parseDigest, type Digest, type JsonObject } from '@strata/domain/shared'
import type { RuntimeLimits } from './limits.ts'

/** A self-contained ECMAScript module, stored under its digest and run in a locked-down process. */
export interface ModuleRuntime {
  readonly type: 'module'
  readonly digest: Digest
  readonly config: JsonObject
  readonly limits: RuntimeLimits
}

export interface ModuleRuntimeInput {
  /** The module's text. Without it, `digest` names a stored module. */
  readonly source?: string | null | undefined
  readonly digest?: string | null | undefined
}

const maxModuleBytes = 4 * 2 ** 20

export function parseModule(input: ModuleRuntimeInput, path: string): Pick<ModuleRuntime, 'type' | 'digest'> {
  const { source } = input
  const digest = input.digest == null ? undefined : parseDigest(input.digest, `${path}.digest`)
  if (source == null) {
    if (digest) return { type: 'module', digest }
    throw new BadUserInput('A module needs its "source", or the "digest" of one that was deployed before.', `${path}.source`)
  }
  if (source.trim() === '') throw new BadUserInput('The module is empty; it should export a default function.', `${path}.source`)
  const bytes = Buffer.byteLength(source)
  if (bytes > maxModuleBytes) {
    throw new BadUserInput(
      `A module has at most ${maxModuleBytes} bytes, not ${bytes}; a larger one belongs in an image.`,
      `${path}.source`,
    )
  }
  if (source.includes('\0') || !source.isWellFormed()) {
    throw new BadUserInput('The module contains characters that are not allowed in text.', `${path}.source`)
  }
  const actual = digestOf(source)
  if (digest !== undefined && digest !== actual) {
    throw new BadUserInput(
      `The source's digest is ${actual}, not the one given; leave "digest" out, or send that source.`,
      `${path}.digest`,
    )
  }
  return { type: 'module', digest: actual }
}
