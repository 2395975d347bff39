import type { DomainEvent, EventNotice } from '@strata/domain/shared'
import { z } from 'zod'

export interface NoticeRow {
  readonly id: string
  readonly type: string
  readonly request_id: string | null
}

export function toNotice(row: NoticeRow): EventNotice {
  return { eventId: row.id, type: row.type, requestId: row.request_id ?? undefined }
}

export function toEvent(row: { type: string; payload: unknown }): DomainEvent {
  const payload = z.record(z.string(), z.unknown()).parse(row.payload)
  return event.parse({ ...payload, type: row.type })
}

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ConventionDeployed'), slug: z.string(), created: z.boolean() }),
  z.object({ type: z.literal('RecordsPublished'), convention: z.string(), recordIds: z.array(z.string()) }),
]) satisfies z.ZodType<DomainEvent>
