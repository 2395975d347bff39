import type { ImportInput, ImportResult } from '@strata/domain/record'

export interface ImportServices {
  /** Many transactions: one for each chunk. */
  readonly importRecords: (input: ImportInput, actor: string) => AsyncGenerator<readonly ImportResult[], void>
}
