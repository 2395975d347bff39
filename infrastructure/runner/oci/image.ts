import type { OciRuntime } from '@strata/domain/registry'
import type { ImageAnswer, InfoAnswer } from './engine/answers.ts'
import type { Engine } from './engine/engine.ts'
import { isEngineFault } from './engine/fault.ts'
import { refuseUnfitConfig } from './image-config.ts'
import { refuseOtherPlatform } from './image-platform.ts'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import { byDigest } from '../shared/container-contract.ts'
import { failureOfPull } from '../shared/pull-fault.ts'

export interface VerifiedImage {
  /** The engine's own id of it: what a container is made from, so that no name is looked up again. */
  readonly id: string
  readonly answer: ImageAnswer
}

const mayTakeMs = 15 * 60_000

/**
 * The image that has this digest and no other. It is asked for by digest alone, never by tag, and what the engine gives
 * must be known to it by that digest: only what came from a registry has one.
 */
export async function verifiedImage(
  engine: Engine,
  runtime: Pick<OciRuntime, 'image' | 'digest'>,
  info: InfoAnswer,
  signal: AbortSignal,
): Promise<VerifiedImage> {
  const reference = byDigest(runtime)
  const image = (await engine.image(reference)) ?? (await pulled(engine, reference, runtime, signal))
  const known = image.RepoDigests ?? []
  if (!known.some((name) => name.endsWith(`@${runtime.digest}`))) {
    throw new AttemptFailed(
      'IMAGE_PULL',
      `The engine has an image for ${reference}, but not by that digest; push it and deploy the hook with the digest that the push prints.`,
      `the engine knows it as: ${known.join(', ') || 'nothing, because it never was in a registry'}`,
    )
  }
  await refuseOtherPlatform(image, info)
  refuseUnfitConfig(image)
  return { id: image.Id, answer: image }
}

async function pulled(engine: Engine, reference: string, { image, digest }: Pick<OciRuntime, 'image' | 'digest'>, signal: AbortSignal): Promise<ImageAnswer> {
  const local = await engine.image(digest)
  if (local?.Id.endsWith(digest)) {
    throw new AttemptFailed(
      'IMAGE_PULL',
      `${digest} is the id that this machine gave an image, not a digest. Push ${image} and deploy the hook with the digest that the push prints.`,
    )
  }
  const tooLate = AbortSignal.timeout(mayTakeMs)
  try {
    await engine.pull(reference, AbortSignal.any([signal, tooLate]))
  } catch (error) {
    signal.throwIfAborted()
    if (tooLate.aborted) throw new AttemptFailed('UPSTREAM', `Pulling ${reference} took longer than ${mayTakeMs / 60_000} minutes.`)
    if (!isEngineFault(error) || error.status === undefined) throw error
    throw AttemptFailed.of(failureOfPull(reference, error.message))
  }
  const found = await engine.image(reference)
  if (found === undefined) throw new AttemptFailed('IMAGE_PULL', `The engine pulled ${reference} and does not have it; its disk may be full.`)
  return found
}
