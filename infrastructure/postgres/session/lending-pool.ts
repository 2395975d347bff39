import { AsyncLocalStorage } from 'node:async_hooks'
import { Pool, type PoolClient } from 'pg'

/**
 * A pool that knows which connection it lent to a piece of work. Prisma takes the connection of a transaction from the pool without
 * exposing it; this lets the rest of the transaction use the same one.
 */
export class LendingPool extends Pool {
  readonly #loans = new AsyncLocalStorage<Loan>()

  /** Runs `work`. Inside it, `loan.client` is the connection that was last lent to it. */
  watch<T>(loan: Loan, work: () => Promise<T>): Promise<T> {
    return this.#loans.run(loan, work)
  }

  override connect(): Promise<PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<PoolClient> | void {
    // Queries outside a transaction pass a callback and return the connection at once.
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
