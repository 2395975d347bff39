import { BadUserInput } from '@strata/domain/shared'
import type { ClaimedHook, RegistryPorts } from './registry.ts'
import type { HookRelease, ParsedRelease } from './release.ts'
import { artifactKey } from './runtime/runtime.ts'

export interface FoundRelease {
  readonly release: HookRelease
  readonly created: boolean
  /** Whether an existing release got an additional source ref. */
  readonly sourceRefAdded: boolean
}

/** The existing release of this artifact. */
export function findRelease(hook: ClaimedHook, { runtime }: ParsedRelease): HookRelease | undefined {
  const key = artifactKey(runtime)
  return hook.releases.find((release) => artifactKey(release.runtime) === key)
}

/** Finds or creates the release of an artifact. The hook is locked, so only one of several callers creates it. */
export async function findOrAddRelease(
  { hooks, modules }: Pick<RegistryPorts, 'hooks' | 'modules'>,
  hook: ClaimedHook,
  parsed: ParsedRelease,
  actor: string,
): Promise<FoundRelease> {
  const known = findRelease(hook, parsed)
  if (known) {
    const sourceRefAdded = !(await hooks.knowsSourceRef(known, parsed.sourceRef))
    if (sourceRefAdded) await hooks.addSourceRef(known.id, parsed.sourceRef, actor)
    return { release: known, created: false, sourceRefAdded }
  }
  const { runtime, source } = parsed
  if (source !== undefined) await modules.save(runtime.digest, source)
  const release = await hooks.addRelease(hook.name, hook.releases.length + 1, parsed, actor)
  return { release, created: true, sourceRefAdded: false }
}

/** A digest without source must be that of a stored module. */
export async function requireModule({ modules }: Pick<RegistryPorts, 'modules'>, parsed: ParsedRelease, path: string): Promise<void> {
  const { runtime, source } = parsed
  if (runtime.type !== 'module' || source !== undefined || (await modules.has(runtime.digest))) return
  throw new BadUserInput(`No module with the digest ${runtime.digest} is stored; send its "source".`, `${path}.runtime.module.digest`)
}
