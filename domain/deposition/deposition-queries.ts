import type { Page, PageRequest } from '@strata/domain/shared'
import type { Sight } from './access.ts'
import type { Deposition, DepositionId } from './deposition.ts'
import type { DepositionStatus } from './status.ts'

export interface DepositionFilter {
  /** Who asks decides what there is. */
  readonly sight: Sight
  readonly status?: DepositionStatus
}

/** Port: what is read of depositions. Lists come newest first. */
export interface DepositionQueries {
  /** One answer per id, in order, without a check of rights: the caller of this port asks `maySee`. */
  depositions(ids: readonly DepositionId[]): Promise<readonly (Deposition | undefined)[]>
  depositionPage(filter: DepositionFilter, page: PageRequest<DepositionId>): Promise<Page<Deposition>>
  depositionCount(filter: DepositionFilter): Promise<number>
}
