import { Conflict, type StagingId } from '@strata/domain/shared'

/** Two writers of one upload would mix their bytes, so the second is refused while the first one works. */
export function oneAtATime() {
  const busy = new Set<StagingId>()
  return async <T>(id: StagingId, work: () => Promise<T>): Promise<T> => {
    if (busy.has(id))
      throw new Conflict('Another request is writing to this upload; wait for it to end, then get the offset of the upload.')
    busy.add(id)
    try {
      return await work()
    } finally {
      busy.delete(id)
    }
  }
}
