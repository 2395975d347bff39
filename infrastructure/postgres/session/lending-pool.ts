import { AsyncLocalStorage } from 'node:async_hooks'
import { Pool, type PoolClient } from 'pg'

/**
 * A pool that can tell which connection was lent to a piece of work. Prisma opens transactions on a connection it takes
 * from the pool itself and does not show; this is how the rest of a transaction gets to use the same one.
 */
export class LendingPool extends Pool {
  readonly #loans = new AsyncLocalStorage<Loan>()

  /** Runs `work`; within it `loan.client` is the connection the work was lent last. */
  watch<T>(loan: Loan, work: () => Promise<T>): Promise<T> {
    return this.#loans.run(loan, work)
  }

  override connect(): Promise<PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<PoolClient> | void {
    // Queries outside a transaction come with a callback; they give the connection back at once.
    // The code that returns a connection calls the callback of the next waiter. `bind` restores that waiter's own async context.
    if (callback !== undefined) return super.connect(AsyncLocalStorage.bind(callback))
    const loan = this.#loans.getStore()
    if (loan === undefined) return super.connect()
    return super.connect().then((client) => (loan.client = client))
  }
}

export interface Loan {
  client?: PoolClient
}

export type ConnectCallback = Parameters<Pool['connect']>[0]
