import type { OciRuntime } from '@strata/domain/registry'
import type { ImageAnswer } from './engine/answers.ts'
import type { Engine } from './engine/engine.ts'
import { pull, tooLarge, type PullLimits } from './pull.ts'
import type { Pulls } from './pulls.ts'
import { EngineFault } from './engine/fault.ts'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import { byDigest } from '../shared/container-contract.ts'

export interface VerifiedImage {
  /** The engine's own id of it: what a container is made from, so that no name is looked up again. */
  readonly id: string
}

export interface ImageSource {
  readonly engine: Engine
  readonly pulls: Pulls
  readonly limits: PullLimits
}

/**
 * The image that has this digest and no other. It is asked for by digest alone, never by tag, and what the engine gives
 * must be known to it by that digest: only what came from a registry has one.
 */
export async function verifiedImage(source: ImageSource, runtime: Pick<OciRuntime, 'image' | 'digest'>, signal: AbortSignal): Promise<VerifiedImage> {
  const reference = byDigest(runtime)
  const image = (await source.engine.image(reference)) ?? (await pulled(source, reference, runtime, signal))
  // Also of one that was there before: it may have been pulled when more was allowed, or not have been removed.
  if ((image.Size ?? 0) > source.limits.maxImageBytes) throw tooLarge(reference, source.limits.maxImageBytes, 'when unpacked')
  const known = image.RepoDigests ?? []
  if (!known.some((name) => name.endsWith(`@${runtime.digest}`))) {
    const has = known.length === 0 ? 'has none, because it never was in a registry' : `has ${known.join(', ')}`
    throw new AttemptFailed(
      'IMAGE_PULL',
      `The engine's image for ${reference} ${has}; push it and deploy the hook with the digest that the push prints.`,
    )
  }
  const volumes = Object.keys(image.Config?.Volumes ?? {})
  if (volumes.length > 0) {
    // An engine would make each of them writable and without a bound.
    throw new AttemptFailed('CONFIG', `The image declares volumes (${volumes.join(', ')}), which a hook may not have; build it without VOLUME.`)
  }
  return { id: image.Id }
}

async function pulled(source: ImageSource, reference: string, { image, digest }: Pick<OciRuntime, 'image' | 'digest'>, signal: AbortSignal): Promise<ImageAnswer> {
  const { engine, pulls, limits } = source
  const local = await engine.image(digest)
  if (local?.Id.endsWith(digest)) {
    throw new AttemptFailed(
      'IMAGE_PULL',
      `${digest} is the id that this machine gave an image, not a digest. Push ${image} and deploy the hook with the digest that the push prints.`,
    )
  }
  try {
    await pulls.of(reference, (abandoned) => pull(engine, reference, limits, abandoned), signal)
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof EngineFault && error.status !== undefined ? refusedPull(reference, error.message) : error
  }
  const found = await engine.image(reference)
  if (found === undefined) throw new AttemptFailed('IMAGE_PULL', `The engine pulled ${reference} and does not have it; its disk may be full.`)
  if ((found.Size ?? 0) > limits.maxImageBytes) await engine.removeImage(found.Id)
  return found
}

function refusedPull(reference: string, said: string): AttemptFailed {
  if (/manifest.* unknown|not found|name unknown|name_unknown|does not exist|invalid reference/i.test(said)) {
    return new AttemptFailed(
      'IMAGE_PULL',
      `The registry has no ${reference}: push that image again, or deploy the hook with a digest that the registry has. It said: ${said}.`,
    )
  }
  if (/unauthorized|authentication required|access.*denied|requested access|forbidden/i.test(said)) {
    return new AttemptFailed(
      'IMAGE_PULL',
      `The registry does not give ${reference} to this engine: log in there, or pull the image on this machine by its digest. It said: ${said}.`,
    )
  }
  return new AttemptFailed('UPSTREAM', `${reference} could not be pulled: ${said}.`)
}
