import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '../shared/open-output.ts'
import { ProtocolBroken, type Frames } from './frames.ts'
import { fromHost, toHost } from './host/frame-kinds.ts'
import type { Progress } from './progress.ts'

/** Hands the config to the process. False when the process closed its socket or the module cannot be used. */
export async function introduced(frames: Frames, inputDir: string, progress: Progress): Promise<boolean> {
  const hello = await frames.next()
  if (hello === undefined) return false
  if (hello.kind !== fromHost.hello) throw new ProtocolBroken(`it began with a message of the kind ${hello.kind}`)
  progress.stage = 'loading'
  await frames.send(toHost.config, (await preparedFile(inputDir, 'config.json')) ?? Buffer.from('{}'))
  const loaded = await frames.next()
  if (loaded === undefined) return false
  if (loaded.kind === fromHost.unusable) {
    progress.unusable = wordsOf(loaded.body)
    return false
  }
  if (loaded.kind !== fromHost.loaded) throw new ProtocolBroken(`it answered before it was given anything`)
  progress.stage = 'working'
  return true
}

const maxWordBytes = 4_000

/** Text of the process, for a message. */
export function wordsOf(body: Buffer): string {
  return body.subarray(0, maxWordBytes).toString().replaceAll('\0', '').toWellFormed()
}

/** A file that the worker prepared; undefined when there is none. */
export async function preparedFile(inputDir: string, name: string): Promise<Buffer | undefined> {
  try {
    const file = await open(join(inputDir, name))
    try {
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
