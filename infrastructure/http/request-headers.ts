import type { IncomingHttpHeaders } from 'node:http'

/** A request's headers, one text each, with lower-case names. `x-request-id` is the id that this server uses. */
export type RequestHeaders = Readonly<Record<string, string>>

export function requestHeaders(headers: IncomingHttpHeaders): RequestHeaders {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return plain
}
