import { Prisma } from '@strata/prisma/client'

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

/** Postgres ended this transaction so that another could go on; done again it will most likely succeed. */
export function isWriteConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && (error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK_DETECTED)) return true
  // Prisma wraps its adapter's error when a query failed, and throws it bare when COMMIT did.
  if (error instanceof Prisma.PrismaClientKnownRequestError) return isWriteConflict(error.meta?.['driverAdapterError'])
  const { cause } = error
  return typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'TransactionWriteConflict'
}
