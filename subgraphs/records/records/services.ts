import type { Caller } from '@strata/domain/identity'
import type { PublishInput, PublishResult, RecordId, RecordNames, RecordQueries, WithdrawRecordInput } from '@strata/domain/record'
import type { Srn } from '@strata/domain/shared'

export interface RecordServices extends RecordQueries, RecordNames {
  /** For each fork, the version in this archive that it was forked from. */
  readonly originals: (forks: readonly RecordId[]) => Promise<readonly (RecordId | undefined)[]>
  readonly publish: (input: PublishInput, actor: string) => Promise<readonly PublishResult[]>
  readonly withdraw: (input: WithdrawRecordInput, caller: Caller) => Promise<RecordId>
  readonly restore: (input: { readonly srn: Srn; readonly reason: string }, actor: string) => Promise<RecordId>
}
