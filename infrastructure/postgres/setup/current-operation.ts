import { AsyncLocalStorage } from 'node:async_hooks'
import type { Operation } from '@strata/domain/shared'

const current = new AsyncLocalStorage<Operation>()

/** Every statement within `work` is cancelled when the operation is given up, and counts what it reads for it. */
export function withinOperation<T>(operation: Operation | undefined, work: () => T): T {
  return operation === undefined ? work() : current.run(operation, work)
}

export function currentOperation(): Operation | undefined {
  return current.getStore()
}
