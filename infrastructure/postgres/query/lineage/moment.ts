import type { RowPlace } from '@strata/domain/provenance'
import { sql, type RawBuilder } from 'kysely'

/** The time as of which links are read, and the one feature row that may be read. */
export interface Moment {
  /** The domain in records' names. */
  readonly domain: string
  readonly asOf?: Date | undefined
  readonly row?: RowPlace | undefined
}

/** Whether something had happened at `asOf`; without it, always true. */
export function byThen({ asOf }: Moment, column: string): RawBuilder<boolean> {
  return asOf === undefined ? sql`true` : sql`${sql.ref(column)} <= ${asOf}`
}

/** Each convention as of its last deployment by then. */
export function deployedBy(asOf: Date): RawBuilder<unknown> {
  return sql`(
    select distinct on (convention) * from convention_deployment
    where at <= ${asOf} and convention in (select slug from convention) order by convention, at desc
  )`
}
