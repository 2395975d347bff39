import { Client, type ClientConfig, type Pool } from 'pg'

/**
 * The driver reports a lost connection twice: the statement under way rejects, and the client emits `error`. Without a listener, that
 * event ends the process. The pool listens only while a client lies idle in it, so each client gets a listener that stays.
 * A client that was lost refuses every later query, and the pool drops it when it is released.
 */
export function outliveLostClients<P extends Pool>(pool: P, lost: (error: Error) => void = ignore): P {
  pool.on('connect', (client) => client.on('error', ignore))
  // For idle clients. The pool has already dropped this one, and opens another on demand.
  pool.on('error', lost)
  return pool
}

/** A connection outside every pool. When it is lost, its statements reject, and the process continues. */
export function singleClient(config: ClientConfig): Client {
  return new Client(config).on('error', ignore)
}

function ignore(): void {}
