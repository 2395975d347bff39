import { AsyncLocalStorage } from 'node:async_hooks'
import { addressKey } from '../http/rate-limit/address-key.ts'

/** The context of a request, from the gateway's first log line to the worker's last. */
export interface RequestContext {
  readonly requestId: string
  /** The caller's address, as the gateway saw it. */
  readonly address?: string
}

interface FollowedRequest extends RequestContext {
  /** The caller, once it is known. */
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

/** Sets the caller of the running request. */
export function nameCaller(caller: string): void {
  const request = current.getStore()
  if (request !== undefined) request.caller = caller
}

/** The caller of the running work: the signed-in subject, otherwise the address. Undefined when the archive works for itself. */
export function currentCaller(): string | undefined {
  const request = current.getStore()
  if (request?.address === undefined) return undefined
  return request.caller ?? `address ${addressKey(request.address)}`
}

/** Runs work that the archive does for itself, even within a caller's request. */
export function withoutCaller<T>(work: () => T): T {
  const request = current.getStore()
  return request === undefined ? work() : current.run({ requestId: request.requestId }, work)
}

const current = new AsyncLocalStorage<FollowedRequest>()
