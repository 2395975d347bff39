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
  if (!isKnown(row.type)) throw new Error(`events of the type "${row.type}" are not known to this version`)
  return { type: row.type, ...payloads[row.type].parse(row.payload) } as DomainEvent
}

/** The payload of each event type. A missing entry is a type error. */
const payloads = {
  ConventionDeployed: z.object({ slug: z.string(), created: z.boolean() }),
  RecordsPublished: z.object({ convention: z.string(), recordIds: z.array(z.string()) }),
  ReleaseCreated: z.object({ hook: z.string(), version: z.number() }),
  LivePointerMoved: z.object({ hook: z.string(), from: z.number().nullable(), to: z.number() }),
  ReleaseStateChanged: z.object({ hook: z.string(), version: z.number(), state: z.enum(['ACTIVE', 'DEPRECATED', 'YANKED']) }),
  RunFinished: z.object({ run: z.string(), hook: z.string(), version: z.number(), status: z.string() }),
  BatchFinished: z.object({ batch: z.string(), convention: z.string() }),
  DepositionCreated: z.object({ deposition: z.string() }),
  DepositionSubmitted: z.object({ deposition: z.string(), candidate: z.string() }),
  DepositionForwarded: z.object({ deposition: z.string() }),
  DepositionReturned: z.object({
    deposition: z.string(),
    status: z.enum(['DRAFT', 'REJECTED']),
    withdrawn: z.string().nullable().default(null),
  }),
  DepositionPublished: z.object({ deposition: z.string(), record: z.string() }),
} satisfies { readonly [Event in DomainEvent as Event['type']]: z.ZodType<Omit<Event, 'type'>> }

function isKnown(type: string): type is DomainEvent['type'] {
  return Object.hasOwn(payloads, type)
}
