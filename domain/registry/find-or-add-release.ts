import { BadUserInput } from '@strata/domain/shared'
import type { ClaimedHook, RegistryPorts } from './registry.ts'
import type { HookRelease, ParsedRelease } from './release.ts'
import { artifactKey } from './runtime/runtime.ts'

export interface FoundRelease {
  readonly release: HookRelease
  readonly created: boolean
  /** Whether the release was known, and came under a source ref that was not. */
  readonly sourceRefAdded: boolean
}

/** The release of this artifact, if the hook has it already. */
export function findRelease(hook: ClaimedHook, { runtime }: ParsedRelease): HookRelease | undefined {
  const key = artifactKey(runtime)
  return hook.releases.find((release) => artifactKey(release.runtime) === key)
}

/** The same artifact is the same release. `created` is decided while the hook is held, so only one caller makes it. */
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

/** A digest without its source must be one that was stored before. */
export async function requireModule({ modules }: Pick<RegistryPorts, 'modules'>, parsed: ParsedRelease, path: string): Promise<void> {
  const { runtime, source } = parsed
  if (runtime.type !== 'module' || source !== undefined || (await modules.has(runtime.digest))) return
  throw new BadUserInput(`No module of digest ${runtime.digest} is stored here; send its "source".`, `${path}.runtime.module.digest`)
}
