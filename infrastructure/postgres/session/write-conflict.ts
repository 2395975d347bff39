import { Prisma } from '@strata/prisma/client'

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

/** Whether Postgres aborted this transaction because of a conflict, so that a retry will probably succeed. */
export function isWriteConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && (error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK_DETECTED)) return true
  // Prisma wraps its adapter's error when a query fails, but not when COMMIT does.
  if (error instanceof Prisma.PrismaClientKnownRequestError) return isWriteConflict(error.meta?.['driverAdapterError'])
  const { cause } = error
  return typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'TransactionWriteConflict'
}
