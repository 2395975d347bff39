import { AsyncLocalStorage } from 'node:async_hooks'
import { addressKey } from '../http/rate-limit/address-key.ts'

/** What follows one request through everything it causes, from the gateway's first line to the worker's last. */
export interface RequestContext {
  readonly requestId: string
  /** Where the caller is, as the gateway saw it. */
  readonly address?: string
}

interface FollowedRequest extends RequestContext {
  /** Who asks, once that is known. */
  caller?: string
}

export function runWithRequest<T>(request: RequestContext, work: () => T): T {
  return current.run({ ...request }, work)
}

export function currentRequestId(): string | undefined {
  return current.getStore()?.requestId
}

export function currentAddress(): string | undefined {
  return current.getStore()?.address
}

/** Says who the request that is running comes from. */
export function nameCaller(caller: string): void {
  const request = current.getStore()
  if (request !== undefined) request.caller = caller
}

/** Whom the running work is done for: who signed in, else the address. Nobody, when the archive does it for itself. */
export function currentCaller(): string | undefined {
  const request = current.getStore()
  if (request?.address === undefined) return undefined
  return request.caller ?? `address ${addressKey(request.address)}`
}

/** Work that the archive does for itself, although a request asked for it. */
export function withoutCaller<T>(work: () => T): T {
  const request = current.getStore()
  return request === undefined ? work() : current.run({ requestId: request.requestId }, work)
}

const current = new AsyncLocalStorage<FollowedRequest>()
