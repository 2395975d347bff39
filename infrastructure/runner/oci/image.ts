import type { OciRuntime } from '@strata/domain/registry'
import type { ImageAnswer, InfoAnswer } from './engine/answers.ts'
import type { Engine } from './engine/engine.ts'
import { isEngineFault } from './engine/fault.ts'
import { refuseUnfitConfig } from './image-config.ts'
import { refuseOtherPlatform } from './image-platform.ts'
import { pull, tooLarge, type PullLimits } from './pull.ts'
import type { Pulls } from './pulls.ts'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import { byDigest } from '../shared/container-contract.ts'
import { failureOfPull } from '../shared/pull-fault.ts'

export interface VerifiedImage {
  /** The engine's own id of it: what a container is made from, so that no name is looked up again. */
  readonly id: string
  readonly answer: ImageAnswer
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
export async function verifiedImage(
  source: ImageSource,
  runtime: Pick<OciRuntime, 'image' | 'digest'>,
  info: InfoAnswer,
  signal: AbortSignal,
): Promise<VerifiedImage> {
  const reference = byDigest(runtime)
  const image = (await source.engine.image(reference)) ?? (await pulled(source, reference, runtime, signal))
  // Also check an image that was there before: the limit may have been higher when it was pulled, or its removal may have failed.
  if ((image.Size ?? 0) > source.limits.maxImageBytes) throw tooLarge(reference, source.limits.maxImageBytes, 'when unpacked')
  const known = image.RepoDigests ?? []
  if (!known.some((name) => name.endsWith(`@${runtime.digest}`))) {
    throw new AttemptFailed(
      'IMAGE_PULL',
      `The engine has an image for ${reference}, but not by that digest; push it and deploy again with the digest that the push prints.`,
      `the engine knows it as: ${known.join(', ') || 'nothing, because it never was in a registry'}`,
    )
  }
  await refuseOtherPlatform(image, info)
  refuseUnfitConfig(image)
  return { id: image.Id, answer: image }
}

async function pulled(
  source: ImageSource,
  reference: string,
  { image, digest }: Pick<OciRuntime, 'image' | 'digest'>,
  signal: AbortSignal,
): Promise<ImageAnswer> {
  const { engine, pulls, limits } = source
  const local = await engine.image(digest)
  if (local?.Id.endsWith(digest)) {
    throw new AttemptFailed(
      'IMAGE_PULL',
      `${digest} is the id that this machine gave an image, not a digest. Push ${image} and deploy again with the digest that the push prints.`,
    )
  }
  try {
    await pulls.of(reference, (abandoned) => pull(engine, reference, limits, abandoned), signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!isEngineFault(error) || error.status === undefined) throw error
    throw AttemptFailed.of(failureOfPull(reference, error.message))
  }
  const found = await engine.image(reference)
  if (found === undefined)
    throw new AttemptFailed('IMAGE_PULL', `The engine pulled ${reference} and does not have it; its disk may be full.`)
  if ((found.Size ?? 0) > limits.maxImageBytes) await engine.removeImage(found.Id)
  return found
}
