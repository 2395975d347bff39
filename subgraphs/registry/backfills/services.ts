import type { BackfillInput, BackfillQueries, BackfillResult } from '@strata/domain/run'

export interface BackfillServices extends BackfillQueries {
  readonly start: (input: BackfillInput, actor: string) => Promise<BackfillResult>
  readonly cancel: (input: { id: string }, actor: string) => Promise<void>
  readonly resume: (input: { id: string }) => Promise<void>
}
