import { posix } from 'node:path'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import type { ImageAnswer } from './engine/answers.ts'
import type { Engine } from './engine/engine.ts'

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * Refuses an image without its program, by inspecting the created container. The engine's init would start first and only print that it
 * found none, and the image itself could print the same words.
 */
export async function refuseMissingProgram(engine: Engine, container: string, { Config }: ImageAnswer): Promise<void> {
  const [program] = [...(Config?.Entrypoint ?? []), ...(Config?.Cmd ?? [])]
  // An engine refuses to create a container without a program.
  if (program === undefined || program === '') return
  for (const path of placesOf(program, Config ?? {})) {
    const file = await engine.fileMode(container, path)
    if (file === undefined) continue
    if (file.isLink || (file.isFile && (file.mode & 0o111) !== 0)) return
  }
  throw new AttemptFailed(
    'CONFIG',
    `The image's program "${program.slice(0, 200)}" is not in the image, or may not be executed; correct its ENTRYPOINT or CMD.`,
  )
}

function placesOf(program: string, { Env, WorkingDir }: NonNullable<ImageAnswer['Config']>): readonly string[] {
  const directory = posix.resolve('/', WorkingDir ?? '')
  if (program.includes('/')) return [posix.resolve(directory, program)]
  const path = Env?.find((variable) => variable.startsWith('PATH='))?.slice('PATH='.length) || usualPath
  return path.split(':').map((place) => posix.resolve(directory, place, program))
}
