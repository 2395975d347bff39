import { AsyncLocalStorage } from 'node:async_hooks'

/** What follows one request through everything it causes, from the gateway's first line to the worker's last. */
export interface RequestContext {
  readonly requestId: string
  /** Where the caller is, as the gateway saw it. */
  readonly address?: string
}

export function runWithRequest<T>(request: RequestContext, work: () => T): T {
  return current.run(request, work)
}

export function currentRequestId(): string | undefined {
  return current.getStore()?.requestId
}

export function currentAddress(): string | undefined {
  return current.getStore()?.address
}

const current = new AsyncLocalStorage<RequestContext>()
