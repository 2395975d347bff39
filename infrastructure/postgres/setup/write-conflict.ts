const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'
/** Prisma's name for both. */
const PRISMA_WRITE_CONFLICT = 'P2034'

/** Postgres ended this transaction so that another could go on; done again it will most likely succeed. */
export function isWriteConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  if (code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED || code === PRISMA_WRITE_CONFLICT) return true
  // Prisma's adapter throws its own error where no query of the client is at fault, as at COMMIT.
  return isAdapterConflict(error.cause)
}

function isAdapterConflict(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'TransactionWriteConflict'
}
