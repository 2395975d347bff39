import type { Page, PageRequest } from '@strata/domain/shared'
import type { Sight } from './access.ts'
import type { Deposition, DepositionId } from './deposition.ts'
import type { DepositionStatus } from './status.ts'

export interface DepositionFilter {
  /** What the caller may see. */
  readonly sight: Sight
  readonly status?: DepositionStatus
}

/** Port: reads depositions. Lists are newest first. */
export interface DepositionQueries {
  /** One result per id, in order, without an access check: callers must use `maySee`. */
  depositions(ids: readonly DepositionId[]): Promise<readonly (Deposition | undefined)[]>
  depositionPage(filter: DepositionFilter, page: PageRequest<DepositionId>): Promise<Page<Deposition>>
  depositionCount(filter: DepositionFilter): Promise<number>
}
