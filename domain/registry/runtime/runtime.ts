import { BadUserInput, canonicalJson, digestOf, every, isJsonObject, type Digest, type Json, type JsonObject } from '@strata/domain/shared'
import { cpuMillis, defaultLimits, memoryBytes, parseLimits, type RuntimeLimits } from './limits.ts'
import { parseModule, type ModuleRuntime, type ModuleRuntimeInput } from './module.ts'
import { parseOci, type OciRuntime, type OciRuntimeInput } from './oci.ts'

/** How a hook runs. A new runtime needs a new file here and a member of this union. */
export type RuntimeConfig = OciRuntime | ModuleRuntime

/** Exactly one key, the type, with the input of that runtime. */
export interface RuntimeInput {
  readonly oci?: (OciRuntimeInput & CommonInput) | null | undefined
  readonly module?: (ModuleRuntimeInput & CommonInput) | null | undefined
}

interface CommonInput {
  readonly config?: Json | undefined
  readonly limits?: RuntimeLimits | null | undefined
}

export interface ParsedRuntime {
  readonly runtime: RuntimeConfig
  /** The text of a module, to be stored under its digest. */
  readonly source?: string
}

export function parseRuntime({ oci, module }: RuntimeInput, path: string): ParsedRuntime {
  if (oci) {
    const { program, common } = every({ program: () => parseOci(oci, `${path}.oci`), common: () => parseCommon(oci, `${path}.oci`) })
    return { runtime: { ...program, ...common } }
  }
  if (module) {
    const { program, common } = every({
      program: () => parseModule(module, `${path}.module`),
      common: () => parseCommon(module, `${path}.module`),
    })
    const runtime = { ...program, ...common }
    return module.source == null ? { runtime } : { runtime, source: module.source }
  }
  throw new BadUserInput('A runtime is one of oci, module.', path)
}

/**
 * The identity of an artifact: type, digest, config and limits. The location of an image is not part of it, and 1Gi equals
 * 1024Mi.
 */
export function artifactKey(runtime: RuntimeConfig): Digest {
  const { type, digest, config, limits } = runtime
  const amounts = { timeoutSeconds: limits.timeoutSeconds, memoryBytes: memoryBytes(limits), cpuMillis: cpuMillis(limits) }
  return digestOf(canonicalJson({ type, digest, config, limits: amounts }))
}

const maxConfigBytes = 2 ** 20

function parseCommon({ config, limits }: CommonInput, path: string): { config: JsonObject; limits: RuntimeLimits } {
  return every({
    config: () => parseConfig(config ?? {}, `${path}.config`),
    limits: () => parseLimits(limits ?? defaultLimits, `${path}.limits`),
  })
}

function parseConfig(config: Json, path: string): JsonObject {
  if (!isJsonObject(config)) throw new BadUserInput('A config is a JSON object.', path)
  const text = JSON.stringify(config)
  if (Buffer.byteLength(text) > maxConfigBytes) throw new BadUserInput('A config has at most 1 MiB of JSON.', path)
  if (text.includes('\\u0000')) throw new BadUserInput('A config has no NUL characters.', path)
  return config
}
