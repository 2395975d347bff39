import type { RefusalCode } from '@strata/domain/shared'

export type ErrorCode = RefusalCode | 'INTERNAL'

/** An error outside of GraphQL looks like one inside, so that a client needs to know one shape only. */
export function errorBody(o: { code: ErrorCode; message: string; field?: string | undefined; requestId?: string | undefined }): string {
  const extensions = { code: o.code, field: o.field, requestId: o.requestId }
  return JSON.stringify({ errors: [{ message: o.message, extensions }] })
}
