import type { DomainEvent, Json } from '@strata/domain/shared'
import { currentAddress, currentRequestId } from '../../telemetry/index.ts'
import type pg from 'pg'
import type { CurrentChange } from './current-change.ts'

/** Writes the audit event on the connection that makes the change, so that both commit or neither. */
export async function writeChange(client: pg.ClientBase, { operation, actor, targets, noted }: CurrentChange): Promise<void> {
  const all = [...new Set([...targets, ...noted.targets])]
  const details = noted.events.length === 0 ? {} : { events: noted.events.map(brief) }
  await client.query(`INSERT INTO audit_event (actor, operation, targets, address, request_id, details) VALUES ($1, $2, $3, $4, $5, $6)`, [
    actor,
    operation,
    all,
    currentAddress() ?? null,
    currentRequestId() ?? null,
    JSON.stringify(details),
  ])
}

const longestList = 100

/** Replaces the long lists of an event by their lengths, because the listed rows record their own actor and time. */
function brief(event: DomainEvent): Json {
  const entries = Object.entries<Json>({ ...event })
  return Object.fromEntries(entries.map(([name, value]) => (isLong(value) ? [`${name}Count`, value.length] : [name, value])))
}

function isLong(value: Json): value is Json[] {
  return Array.isArray(value) && value.length > longestList
}
