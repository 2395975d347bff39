import type { ReproduceInput, ReproductionQueries } from '@strata/domain/run'

export interface ReproductionServices extends ReproductionQueries {
  /** Returns the id of the new run. */
  readonly reproduce: (input: ReproduceInput, actor: string) => Promise<string>
}
