import type pg from 'pg'

/** A handle that stops working when the transaction ends, because the connection then belongs to other work. */
export function lentUntil(client: pg.ClientBase): { client: pg.ClientBase; end(): void } {
  let ended = false
  const lent = new Proxy(client, {
    get(target, key) {
      if (ended) throw new Error('This transaction has ended; it was used after its work had returned. Is an await missing?')
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return {
    client: lent,
    end() {
      ended = true
    },
  }
}
