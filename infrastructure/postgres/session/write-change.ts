import type { DomainEvent, Json } from '@strata/domain/shared'
import { currentAddress, currentRequestId } from '../../telemetry/index.ts'
import type pg from 'pg'
import type { CurrentChange } from './current-change.ts'

/** Who changed what, when and from where: written on the connection that makes the change, so that both are kept or none. */
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

/** An event as it is; of its long lists only how long they are, because the rows that they name say by whom and when. */
function brief(event: DomainEvent): Json {
  const entries = Object.entries<Json>({ ...event })
  return Object.fromEntries(entries.map(([name, value]) => (isLong(value) ? [`${name}Count`, value.length] : [name, value])))
}

function isLong(value: Json): value is Json[] {
  return Array.isArray(value) && value.length > longestList
}
