import { createHash, randomBytes } from 'node:crypto'

export interface SignInLinks<Session> {
  /** The path of a link that works once, for ten minutes. */
  create(): string
  exchange(code: string): Promise<Session | undefined>
}

const lifetimeMs = 10 * 60_000

/** One-time codes, kept in this process alone and only as their digests: a stopped node takes them along. */
export function signInLinks<Session>(open: () => Promise<Session>, now: () => number = Date.now): SignInLinks<Session> {
  const codes = new Map<string, number>()
  return {
    create() {
      const code = randomBytes(32).toString('base64url')
      codes.set(digest(code), now() + lifetimeMs)
      return `/sign-in?code=${code}`
    },
    async exchange(code) {
      const expires = codes.get(digest(code))
      // Gone before anything is awaited: two who come at once are not both let in.
      codes.delete(digest(code))
      return expires === undefined || now() > expires ? undefined : open()
    },
  }
}

function digest(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
