import { AsyncLocalStorage } from 'node:async_hooks'
import type { Operation } from '@strata/domain/shared'

const current = new AsyncLocalStorage<Operation>()

/** Aborting the operation cancels every statement that `work` runs. Rows that the statements read count for the operation. */
export function withinOperation<T>(operation: Operation | undefined, work: () => T): T {
  return operation === undefined ? work() : current.run(operation, work)
}

export function currentOperation(): Operation | undefined {
  return current.getStore()
}
