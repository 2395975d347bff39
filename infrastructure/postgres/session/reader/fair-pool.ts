import type { Pool, PoolClient, PoolConfig } from 'pg'
import { LendingPool, type ConnectCallback } from '../lending-pool.ts'
import { ReadTurns, type EndTurn, type TurnLimits } from './read-turns.ts'

export interface Fairness extends TurnLimits {
  /** The caller that asks for a connection; undefined when the archive itself asks. */
  callerOf(): string | undefined
}

/** A pool that gives a caller a connection only when it is that caller's turn. Every request for a connection goes through `connect`. */
export class FairPool extends LendingPool {
  readonly #turns: ReadTurns
  readonly #callerOf: () => string | undefined
  readonly #ends = new WeakMap<PoolClient, EndTurn>()

  constructor(config: PoolConfig, { callerOf, ...limits }: Fairness) {
    super(config)
    this.#turns = new ReadTurns(limits)
    this.#callerOf = callerOf
    this.on('release', (_error, client) => {
      this.#ends.get(client)?.()
      this.#ends.delete(client)
    })
  }

  override connect(): Promise<PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<PoolClient> | void {
    const caller = this.#callerOf()
    if (caller === undefined) return callback === undefined ? super.connect() : super.connect(callback)
    if (callback === undefined) return this.#connectInTurn(caller)
    void this.#tell(callback, caller)
  }

  /**
   * The same connections without turns, for look-ups of conventions and hooks that take a millisecond. They may use the connections that are
   * reserved for the archive. Prisma runs these look-ups and would turn a refusal into an error of its own.
   */
  get forLookups(): Pool {
    const connect = (callback?: ConnectCallback) => (callback === undefined ? super.connect() : super.connect(callback))
    return Object.create(this, { connect: { value: connect } }) as Pool
  }

  async #tell(callback: ConnectCallback, caller: string): Promise<void> {
    let client: PoolClient
    try {
      client = await this.#connectInTurn(caller)
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), undefined, () => {})
      return
    }
    callback(undefined, client, client.release)
  }

  async #connectInTurn(caller: string): Promise<PoolClient> {
    const end = await this.#turns.take(caller)
    try {
      const client = await super.connect()
      this.#ends.set(client, end)
      return client
    } catch (error) {
      end()
      throw error
    }
  }
}
