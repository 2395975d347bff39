import { Prisma } from '@strata/prisma/client'
import { isWriteConflict } from './write-conflict.ts'

/** SQLSTATE classes: connection, resources, object in use, operator intervention (including timeouts), system error. */
const passingClasses = new Set(['08', '53', '55', '57', '58'])
/** Prisma could not reach the server, lost it, or found no free connection. */
const passingPrismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'])

/**
 * Whether the same work may succeed later without changes: the server or the network was unavailable, a disk was full, or a statement took
 * too long. Any other fault, like a value that Postgres refuses, would occur every time.
 */
export function isPassingFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (isWriteConflict(error)) return true
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^[0-9A-Z]{5}$/.test(code) && passingClasses.has(code.slice(0, 2))) return true
  if (passingPrismaCodes.has(code)) return true
  // The operating system refused a connection, a file or a disk operation.
  if ('syscall' in error) return true
  if (/^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error/.test(error.message))
    return true
  if (error instanceof Prisma.PrismaClientInitializationError) return true
  if (error instanceof Prisma.PrismaClientKnownRequestError && isPassingFault(error.meta?.['driverAdapterError'])) return true
  return error.cause !== undefined && isPassingFault(error.cause)
}
