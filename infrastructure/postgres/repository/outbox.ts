import { randomUUIDv7 } from 'node:crypto'
import type { DomainEvent, EventInbox, OverdueEvents, Outbox, UnrelayedEvents } from '@strata/domain/shared'
import { sql } from 'kysely'
import { currentRequestId } from '../../telemetry/index.ts'
import { noteEvent } from '../session/current-change.ts'
import { isAhead } from '../session/is-ahead.ts'
import type { Transaction } from '../session/transaction.ts'
import { toEvent, toNotice, type NoticeRow } from '../mappers/event.ts'

/** Writes events in the transaction of their change, with the request that caused it. */
export function outbox(tx: Transaction, actor: string): Outbox {
  return {
    async append(event: DomainEvent) {
      noteEvent(event)
      const { type, ...payload } = event
      await sql`
        insert into outbox (id, type, payload, actor, request_id)
        values (${randomUUIDv7()}, ${type}, ${JSON.stringify(payload)}, ${actor}, ${currentRequestId() ?? null})`.execute(tx.kysely)
    },
  }
}

export function unrelayedEvents(tx: Transaction): UnrelayedEvents {
  return {
    async take(limit) {
      const { rows } = await sql<NoticeRow>`
        select id, type, request_id from outbox
        where relayed_at is null
        order by created_at, id
        limit ${limit}
        for update skip locked`.execute(tx.kysely)
      return rows.map(toNotice)
    },
    async addUnhandled() {
      await sql`update outbox set relayed_at = null where handled_at is null and relayed_at is not null`.execute(tx.kysely)
    },
    async markRelayed(eventIds) {
      await sql`update outbox set relayed_at = ${justNow} where id = any(${eventIds}::uuid[])`.execute(tx.kysely)
    },
  }
}

/** `relayed_at` is when the queue was last told, `requeues` how often it was told again. */
export function overdueEvents(tx: Transaction): OverdueEvents {
  return {
    async take({ seconds, atMostSeconds }, limit) {
      // The index supports the first condition; the second makes requeued events wait longer.
      const { rows } = await sql<NoticeRow>`
        select id, type, request_id from outbox
        where handled_at is null and (${isAhead('relayed_at')} or relayed_at < now() - make_interval(secs => ${seconds})
          and relayed_at < now() - make_interval(secs => least(${seconds} * 2 ^ least(requeues, 30), ${atMostSeconds})))
        order by relayed_at
        limit ${limit}
        for update skip locked`.execute(tx.kysely)
      return rows.map(toNotice)
    },
    async markRequeued(eventIds) {
      await sql`
        update outbox set relayed_at = ${justNow}, requeues = requeues + 1
        where id = any(${eventIds}::uuid[])`.execute(tx.kysely)
    },
  }
}

export function eventInbox(tx: Transaction): EventInbox {
  return {
    async claim(eventId) {
      const { rows } = await sql<{ type: string; payload: unknown }>`
        select type, payload from outbox where id = ${eventId} and handled_at is null for update`.execute(tx.kysely)
      return rows[0] === undefined ? undefined : toEvent(rows[0])
    },
    async markHandled(eventId) {
      await sql`update outbox set handled_at = now() where id = ${eventId}`.execute(tx.kysely)
    },
  }
}

/** `now()` is the start of this transaction, which may be before the event's creation: the event can commit in between and still be read. */
const justNow = sql`greatest(clock_timestamp(), created_at)`

/** Deletes at most `limit` events that were handled longer ago than `days`, and returns how many. */
export async function deleteHandledEvents(tx: Transaction, { days, limit }: { days: number; limit: number }): Promise<number> {
  const deleted = await sql`
    delete from outbox
    where id in (
      select id from outbox
      where handled_at < now() - make_interval(days => ${days})
      order by handled_at
      limit ${limit}
      for update skip locked
    )`.execute(tx.kysely)
  return Number(deleted.numAffectedRows ?? 0)
}

/** The actor and request that caused an event. */
export async function originOfEvent(tx: Transaction, eventId: string): Promise<{ actor: string; requestId: string | undefined }> {
  const { rows } = await sql<{ actor: string; request_id: string | null }>`
    select actor, request_id from outbox where id = ${eventId}`.execute(tx.kysely)
  if (rows[0] === undefined) throw new Error(`the event ${eventId} is gone`)
  return { actor: rows[0].actor, requestId: rows[0].request_id ?? undefined }
}
