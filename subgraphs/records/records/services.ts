import type { PublishInput, PublishResult, RecordNames, RecordQueries } from '@strata/domain/record'

export interface RecordServices extends RecordQueries, RecordNames {
  readonly publish: (input: PublishInput, actor: string) => Promise<readonly PublishResult[]>
}
