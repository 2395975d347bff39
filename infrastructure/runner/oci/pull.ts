import { statfs } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import type { Engine } from './engine/engine.ts'
import type { PullProgress } from './engine/answers.ts'

export interface PullLimits {
  /** The unpacked size of an image on the engine's disk. */
  readonly maxImageBytes: number
  readonly pullSeconds: number
  /** How long to wait for the registry's first answer. A registry that accepts a connection and never answers does not get more time. */
  readonly answerSeconds: number
}

const lookEveryMs = 500

/**
 * Pulls an image within limits: on time, on the layer sizes in the registry's manifest before the layers arrive, and on the space that the
 * engine's disk loses meanwhile, because a small layer may unpack to any size.
 */
export async function pull(
  engine: Engine,
  reference: string,
  { maxImageBytes, pullSeconds, answerSeconds }: PullLimits,
  signal: AbortSignal,
): Promise<void> {
  const giveUp = new AbortController()
  const over = new AbortController()
  const stop = (failure: AttemptFailed) => giveUp.abort(failure)
  const after = (seconds: number, message: string) => setTimeout(() => stop(new AttemptFailed('UPSTREAM', message)), seconds * 1_000)
  const tooLate = after(pullSeconds, `Pulling ${reference} took longer than ${pullSeconds} s (STRATA_OCI_PULL_TIMEOUT).`)
  const silent = after(answerSeconds, `The registry of ${reference} did not answer within ${answerSeconds} s.`)
  const sizes = layerSizes()
  void watchDisk(engine, maxImageBytes, over.signal, () => stop(tooLarge(reference, maxImageBytes, 'when unpacked')))
  try {
    await engine.pull(reference, AbortSignal.any([signal, giveUp.signal]), (progress) => {
      clearTimeout(silent)
      if (sizes.add(progress) > maxImageBytes) stop(tooLarge(reference, maxImageBytes, 'before they are unpacked'))
    })
  } catch (error) {
    throw giveUp.signal.reason instanceof AttemptFailed ? giveUp.signal.reason : error
  } finally {
    clearTimeout(tooLate)
    clearTimeout(silent)
    over.abort()
  }
}

export function tooLarge(reference: string, maxImageBytes: number, when: string): AttemptFailed {
  return new AttemptFailed(
    'IMAGE_PULL',
    `The layers of ${reference} have more than ${maxImageBytes} bytes ${when}, which is the most an image may have here (STRATA_OCI_MAX_IMAGE). Make the image smaller and deploy again.`,
  )
}

function layerSizes() {
  const layers = new Map<string, number>()
  return {
    /** The sum over all layers known so far. */
    add({ id, progressDetail }: PullProgress): number {
      if (id && progressDetail?.total) layers.set(id, Math.max(layers.get(id) ?? 0, progressDetail.total))
      return [...layers.values()].reduce((sum, bytes) => sum + bytes, 0)
    },
  }
}

/** Other programs use that disk, too, so the pull ends only when the disk has lost twice the limit. The exact size is checked after the pull. */
async function watchDisk(engine: Engine, maxImageBytes: number, over: AbortSignal, isLost: () => void): Promise<void> {
  const root = (await engine.info().catch(() => undefined))?.DockerRootDir
  const before = await freeBytes(root)
  if (before === undefined) return
  while (!over.aborted) {
    await sleep(lookEveryMs, undefined, { signal: over }).catch(() => undefined)
    const now = await freeBytes(root)
    if (now !== undefined && before - now > maxImageBytes * 2) return isLost()
  }
}

/** Undefined when the worker cannot see the directory where the engine keeps its images. */
async function freeBytes(path: string | null | undefined): Promise<number | undefined> {
  const found = path ? await statfs(path).catch(() => undefined) : undefined
  return found && found.bavail * found.bsize
}
