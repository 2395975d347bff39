import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from './write-durably.ts'

export interface SignInLinks<Session> {
  /** The path of a link that works once, for ten minutes. */
  create(): string
  exchange(code: string): Promise<Session | undefined>
}

const lifetimeMs = 10 * 60_000

export function signInDirectory(dataDir: string): string {
  return join(dataDir, 'secrets', 'sign-in')
}

/**
 * One-time codes, stored as empty files named by the codes' digests, so that a command on the same machine can create one for a running
 * node. A user who can write below the data directory counts as the operator.
 */
export function signInLinks<Session>(directory: string, open: () => Promise<Session>, now: () => number = Date.now): SignInLinks<Session> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return {
    create() {
      const code = randomBytes(32).toString('base64url')
      writeDurably(join(directory, digest(code)), '')
      return `/sign-in?code=${code}`
    },
    async exchange(code) {
      const file = join(directory, digest(code))
      try {
        const { mtimeMs } = statSync(file)
        // If two clients use a link at once, only one can remove the file.
        unlinkSync(file)
        return now() > mtimeMs + lifetimeMs ? undefined : await open()
      } catch (fault) {
        if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined
        throw fault
      }
    },
  }
}

/** Removes links of an earlier start. */
export function dropLinks(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(directory)) rmSync(join(directory, name), { force: true })
}

function digest(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
