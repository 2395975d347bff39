import { artifactKey, type RuntimeConfig } from '@strata/domain/registry'
import { finding, type VerificationFinding } from '../finding.ts'
import type { Check } from '../verification.ts'

/** Port: hooks with their logs. */
export interface VerifiedRegistry {
  count(): Promise<number>
  hooks(after: string | undefined, limit: number): Promise<readonly HookFacts[]>
}

interface HookFacts {
  readonly name: string
  readonly hasTable: boolean
  readonly live: string | undefined
  /** Ordered by position. */
  readonly moves: readonly { readonly position: number; readonly from: string | undefined; readonly to: string; readonly at: Date }[]
  /** Ordered by version. */
  readonly releases: readonly ReleaseFacts[]
}

interface ReleaseFacts {
  readonly id: string
  readonly version: number
  readonly runtime: RuntimeConfig
  readonly artifact: string
  readonly state: string
  /** The last state in the log of states. */
  readonly loggedState: string | undefined
  /** For a module: the digest of its text, unless the text is missing. */
  readonly sourceDigest: string | undefined
}

const hooksAtOnce = 1

/** Compares the live pointer with its log, and checks each release for consistency. */
export function registryCheck(registry: VerifiedRegistry): Check {
  return {
    name: 'registry',
    inSamples: 'WHOLE',
    measure: async (seed) => ({ of: await registry.count(), selection: { seed, below: undefined } }),
    async page(after) {
      const hooks = await registry.hooks(after, hooksAtOnce)
      return {
        checked: hooks.length,
        next: hooks.length < hooksAtOnce ? undefined : hooks.at(-1)?.name,
        findings: hooks.flatMap((hook) => [...table(hook), ...pointerLog(hook), ...releases(hook)]),
      }
    },
  }
}

function* table({ name, hasTable }: HookFacts): Generator<VerificationFinding> {
  if (!hasTable) yield finding('TABLE_MISSING', `hook:${name}`, `The table features.${name} does not exist.`)
}

function* pointerLog({ name, live, moves, releases: known }: HookFacts): Generator<VerificationFinding> {
  const say = (detail: string) => finding('POINTER_LOG', `hook:${name}`, detail)
  const version = (id: string | undefined) =>
    id === undefined ? 'no release' : `version ${known.find((release) => release.id === id)?.version ?? `of an unknown release ${id}`}`
  for (const [i, { position, from, at }] of moves.entries()) {
    const before = moves[i - 1]
    const expected = (before?.position ?? 0) + 1
    if (position !== expected) yield say(`The log has a gap: event ${expected} is missing before event ${position}.`)
    else if (from !== before?.to)
      yield say(`Event ${position} says that it moved from ${version(from)}, and live was at ${version(before?.to)} then.`)
    if (before !== undefined && at.getTime() < before.at.getTime())
      yield say(`Event ${position} (${at.toISOString()}) is older than event ${before.position} (${before.at.toISOString()}).`)
  }
  const last = moves.at(-1)
  if (last?.to !== live)
    yield say(`Live is ${version(live)}, and the last event of the log (${last?.position ?? 'there is none'}) says ${version(last?.to)}.`)
}

function* releases({ name, live, releases: all }: HookFacts): Generator<VerificationFinding> {
  for (const [i, release] of all.entries()) {
    const say = (detail: string) => finding('RELEASE', `release:${name}/${release.version}`, detail)
    const expected = (all[i - 1]?.version ?? 0) + 1
    if (release.version !== expected)
      yield finding('RELEASE', `hook:${name}`, `The versions have a gap: ${expected} is missing before ${release.version}.`)
    const artifact = artifactOf(release.runtime)
    if (artifact !== release.artifact)
      yield say(`Its artifact is ${release.artifact}, and that of its runtime is ${artifact ?? 'none, for the runtime cannot be read'}.`)
    if (release.state !== (release.loggedState ?? 'ACTIVE'))
      yield say(`Its state is ${release.state}, and the log of states says ${release.loggedState ?? 'nothing, which means ACTIVE'}.`)
    if (release.state === 'YANKED' && live === release.id) yield say('It is yanked and live.')
    if (release.runtime.type !== 'module') continue
    const { sourceDigest, runtime } = release
    if (sourceDigest === undefined) yield say(`The text of its module ${runtime.digest} is missing.`)
    else if (sourceDigest !== runtime.digest)
      yield say(`The text of its module has the digest ${sourceDigest}, and should have ${runtime.digest}.`)
  }
}

function artifactOf(runtime: RuntimeConfig): string | undefined {
  try {
    return artifactKey(runtime)
  } catch {
    // The stored runtime may have any shape; that it cannot be parsed is the finding.
    return undefined
  }
}
