import type { PublishInput, PublishResult, RecordId, RecordNames, RecordQueries } from '@strata/domain/record'

export interface RecordServices extends RecordQueries, RecordNames {
  /** For each fork, the version in this archive that it was forked from. */
  readonly originals: (forks: readonly RecordId[]) => Promise<readonly (RecordId | undefined)[]>
  readonly publish: (input: PublishInput, actor: string) => Promise<readonly PublishResult[]>
}
