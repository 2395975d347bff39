import { posix } from 'node:path'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import type { ImageAnswer } from './engine/answers.ts'

/** Where the runtime or the archive mounts something over the image's content. */
const takenDirectories = ['/proc', '/sys', '/dev', '/osa']

/** Refuses, before the start, settings in an image's configuration that a program may not have. */
export function refuseUnfitConfig({ Config }: ImageAnswer): void {
  const volumes = Object.keys(Config?.Volumes ?? {})
  if (volumes.length > 0) {
    // An engine would make each volume writable and unlimited.
    throw new AttemptFailed(
      'CONFIG',
      `The image declares volumes (${volumes.slice(0, 5).join(', ')}), which a program may not have; build it without VOLUME.`,
    )
  }
  const directory = posix.resolve('/', Config?.WorkingDir ?? '')
  const taken = takenDirectories.find((path) => directory === path || directory.startsWith(`${path}/`))
  if (taken !== undefined) {
    throw new AttemptFailed(
      'CONFIG',
      `The image's WORKDIR is "${directory}", and ${taken} is not the image's own in a program's container; build it with another WORKDIR, like /work.`,
    )
  }
}
