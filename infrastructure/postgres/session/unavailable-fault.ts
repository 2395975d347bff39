import { Unavailable } from '@strata/domain/shared'

/**
 * The message for a fault that is neither the caller's nor a bug: the database is unavailable, or a disk is full. The only code that
 * decides this, for GraphQL, imports and files; undefined for other faults. Libraries wrap such faults, so it looks inside.
 */
export function unavailableFault(error: unknown): Unavailable | undefined {
  for (const fault of wrapped(error)) {
    const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : ''
    if (fullDisk.has(code))
      return new Unavailable(
        'The disk of this archive is full, so it cannot store anything. Its operator must free some space; then try again.',
      )
    if (away.test(code) || brokenConnection.test(fault.message))
      return new Unavailable('The archive cannot reach its database right now; try again in a moment.')
  }
  return undefined
}

/** Codes of PostgreSQL and the operating system for a full disk. */
const fullDisk = new Set(['53100', 'ENOSPC', 'EDQUOT'])

/**
 * SQLSTATE of lost connections (08), of a server with too many (53300), or one that stops or starts (57P0x); Prisma's codes; the system's.
 */
const away = /^(08\w{3}|53300|57P0\d|P1001|P1002|P1017|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/

/** The driver's own errors have no code. */
const brokenConnection =
  /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error|^Client was closed and is not queryable/

/** The error and everything it wraps: its cause, and the adapter error inside Prisma's. */
function* wrapped(error: unknown, depth = 0): Generator<object & { readonly message: string }> {
  if (depth > 8 || typeof error !== 'object' || error === null) return
  yield {
    ...('code' in error ? { code: error.code } : {}),
    ...('originalCode' in error ? { code: error.originalCode } : {}),
    message: 'message' in error && typeof error.message === 'string' ? error.message : '',
  }
  if ('cause' in error) yield* wrapped(error.cause, depth + 1)
  if ('originalError' in error) yield* wrapped(error.originalError, depth + 1)
  if ('meta' in error && typeof error.meta === 'object' && error.meta !== null && 'driverAdapterError' in error.meta)
    yield* wrapped(error.meta.driverAdapterError, depth + 1)
}
