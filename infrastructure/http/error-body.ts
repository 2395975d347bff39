import type { RefusalCode } from '@strata/domain/shared'

export type ErrorCode = RefusalCode | 'INTERNAL'

/** Errors outside GraphQL have the same shape as those inside, so that clients need to know only one. */
export function errorBody(o: { code: ErrorCode; message: string; field?: string | undefined; requestId?: string | undefined }): string {
  const extensions = { code: o.code, field: o.field, requestId: o.requestId }
  return JSON.stringify({ errors: [{ message: o.message, extensions }] })
}
