import { BadUserInput } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'

/**
 * Refuses request targets that two programs could read differently, before any other hook or handler sees them: absolute form, network paths
 * (`//host/`), fragments, backslashes, and dot segments in any encoding.
 */
export function refuseAmbiguousTargets(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ method, raw }, reply) => {
    const target = raw.url ?? ''
    // RFC 9110 defines `OPTIONS *` as a request to the server as a whole.
    if (method === 'OPTIONS' && target === '*') return reply.code(204).send()
    const fault = faultOfTarget(target)
    if (fault !== undefined) throw new BadUserInput(fault)
    return undefined
  })
}

/** What is wrong with a request target, as a sentence; undefined when it is valid. */
export function faultOfTarget(target: string): string | undefined {
  if (!/^\/(?!\/)/.test(target)) return 'The address in the request line must begin with exactly one slash, like /graphql.'
  const path = target.split('?', 1)[0] ?? ''
  if (target.includes('#')) return 'The address has a fragment ("#"); send it without one.'
  if (path.includes('\\')) return 'The address contains a backslash; use slashes.'
  if (hidesDotSegment(path)) return 'The address contains a dot segment ("." or ".."), plain or encoded; send the resolved address.'
  return undefined
}

/** More rounds of encoding than any program applies. */
const mostEncodings = 8

/** Checks the path as sent, decoded once, decoded twice and so on. Some program on the way may use any of these readings. */
function hidesDotSegment(path: string): boolean {
  let reading = path
  for (let round = 0; round <= mostEncodings; round++) {
    if (hasDotSegment(reading)) return true
    const decoded = decodeAscii(reading)
    if (decoded === reading) return false
    reading = decoded
  }
  return true
}

/** Decodes only ASCII, so that it also handles a path that is not UTF-8. */
function decodeAscii(text: string): string {
  return text.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function hasDotSegment(path: string): boolean {
  return path.split(/[/\\]/).some((segment) => segment === '.' || segment === '..')
}
