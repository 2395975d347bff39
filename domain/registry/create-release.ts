import { NotFound, parseHookName } from '@strata/domain/shared'
import { findOrAddRelease, requireModule } from './find-or-add-release.ts'
import type { Hook } from './hook.ts'
import { moveLive } from './move-live.ts'
import type { RegistryPorts } from './registry.ts'
import { parseRelease, type HookRelease, type ReleaseInput } from './release.ts'

export interface CreateReleaseInput {
  readonly hook: string
  readonly release: ReleaseInput
  /** False stages the release: it exists, and live stays where it is. */
  readonly promote: boolean
}

export interface CreateReleaseResult {
  readonly hook: Hook
  readonly release: HookRelease
  readonly created: boolean
  readonly madeLive: boolean
}

/** A new version, or the one that exists already for the same artifact. Only a new one advances live. */
export async function createRelease(ports: RegistryPorts, input: CreateReleaseInput, actor: string): Promise<CreateReleaseResult> {
  const name = parseHookName(input.hook, 'input.hook')
  const parsed = parseRelease(input.release, 'input.release')
  const hook = await ports.hooks.claim(name)
  if (!hook) throw new NotFound(`There is no hook "${name}"; deploy a convention that has it first.`, 'input.hook')
  await requireModule(ports, parsed, 'input.release')

  const { release, created } = await findOrAddRelease(ports, hook, parsed, actor)
  if (created) await ports.outbox.append({ type: 'ReleaseCreated', hook: name, version: release.version })
  const event = created && input.promote ? await moveLive(ports, hook, release, { actor, field: 'input.release' }) : undefined
  return { hook: event ? { ...hook, live: release.id } : hook, release, created, madeLive: event !== undefined }
}
