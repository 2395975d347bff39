import type { ConventionQueries } from '@strata/domain/convention'

type Queries = Pick<ConventionQueries, 'conventions' | 'conventionPage' | 'conventionCount' | 'conventionsUsing' | 'conventionsOf'>

export interface ConventionServices extends Queries {
  readonly remove: (slug: string) => Promise<boolean>
}
