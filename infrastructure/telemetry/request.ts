import { AsyncLocalStorage } from 'node:async_hooks'

/** What follows one request through everything it causes, from the gateway's first line to the worker's last. */
export interface RequestContext {
  readonly requestId: string
}

export function runWithRequest<T>(request: RequestContext, work: () => T): T {
  return current.run(request, work)
}

export function currentRequestId(): string | undefined {
  return current.getStore()?.requestId
}

const current = new AsyncLocalStorage<RequestContext>()
