import type { PublishInput, PublishResult, RecordQueries } from '@strata/domain/record'

export interface RecordServices extends RecordQueries {
  readonly publish: (input: PublishInput, actor: string) => Promise<readonly PublishResult[]>
}
