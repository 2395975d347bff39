import { Unavailable } from '@strata/domain/shared'

/**
 * What a caller is told when the fault is neither theirs nor a bug: the database is away, or a disk is full. The one place that decides
 * it, for GraphQL, imports and files alike; undefined for every other fault. Libraries wrap such faults, so it looks inside.
 */
export function unavailableFault(error: unknown): Unavailable | undefined {
  for (const fault of wrapped(error)) {
    const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : ''
    if (fullDisk.has(code))
      return new Unavailable(
        'The disk of this archive is full, so nothing more can be kept. Its operator must free some space; then try again.',
      )
    if (away.test(code) || brokenConnection.test(fault.message))
      return new Unavailable('The archive cannot reach its database right now; try again in a moment.')
  }
  return undefined
}

/** What PostgreSQL and the operating system say of a full disk. */
const fullDisk = new Set(['53100', 'ENOSPC', 'EDQUOT'])

/**
 * SQLSTATE of lost connections (08), of a server that has too many (53300), stops or starts (57P0x); Prisma's codes for the same; the system's.
 */
const away = /^(08\w{3}|53300|57P0\d|P1001|P1002|P1017|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/

/** The driver's own errors have no code. */
const brokenConnection =
  /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error|^Client was closed and is not queryable/

/** The error and all that it wraps: its cause, and what Prisma keeps of its adapter. */
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
