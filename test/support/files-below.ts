import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The paths of all files below a directory; none when there is no such directory. */
export function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
