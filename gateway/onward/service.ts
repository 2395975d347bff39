import http, { type ClientRequest } from 'node:http'
import https from 'node:https'
import { onwardAddress } from './onward-address.ts'

/** A call to a service: the path and method, never the host. */
interface Call {
  readonly method: string
  readonly segments: readonly string[]
  readonly query?: URLSearchParams | undefined
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>
}

/** A service behind the gateway. No other module of the gateway may open a connection; a house rule enforces this. */
export interface Service {
  /** Opens a request whose body and answer are streams. */
  open(call: Call): ClientRequest
  /** Sends a short request with a short answer. A redirect is an error. */
  ask(call: Call & { readonly body?: string; readonly signal: AbortSignal }): Promise<Response>
  /** Closes the connections that are kept for the next call. */
  close(): void
}

/** `secret` is the secret for the purpose of these calls. Readiness checks send none. */
export function serviceAt(url: string, secret: string | undefined): Service {
  const target = new URL(url)
  const { Agent, request } = target.protocol === 'https:' ? https : http
  const agent = new Agent({ keepAlive: true })

  function signed(headers: Call['headers'], address: URL): Record<string, string | string[]> {
    const given = Object.entries(headers ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
    if (secret === undefined) return Object.fromEntries(given)
    // A second check: the secret must go only to this service, however the address was built.
    if (address.origin !== target.origin) throw new Error(`A call to ${target.origin} was about to go to ${address.origin}.`)
    return { ...Object.fromEntries(given), 'x-strata-gateway': secret }
  }

  return {
    open({ method, segments, query, headers }) {
      const address = onwardAddress(target, segments, query)
      return request(address, { method, agent, headers: signed(headers, address) })
    },
    async ask({ method, segments, query, headers, body, signal }) {
      const address = onwardAddress(target, segments, query)
      return fetch(address, {
        method,
        headers: flat(signed(headers, address)),
        redirect: 'error',
        signal,
        ...(body === undefined ? {} : { body }),
      })
    },
    close: () => agent.destroy(),
  }
}

function flat(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]))
}

/** The path segments of a configured address, like `graphql` in `http://records:4000/graphql`. */
export function configuredSegments(url: string): readonly string[] {
  return new URL(url).pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent)
}
