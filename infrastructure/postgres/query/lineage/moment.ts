import type { RowPlace } from '@strata/domain/provenance'
import { sql, type RawBuilder } from 'kysely'

/** When links are read, and the one row that may be among them. */
export interface Moment {
  /** The one in records' names. */
  readonly domain: string
  readonly asOf?: Date | undefined
  readonly row?: RowPlace | undefined
}

/** That something had happened by then; now, everything that is there has. */
export function byThen({ asOf }: Moment, column: string): RawBuilder<boolean> {
  return asOf === undefined ? sql`true` : sql`${sql.ref(column)} <= ${asOf}`
}

/** Each convention as its last deployment by then had made it. */
export function deployedBy(asOf: Date): RawBuilder<unknown> {
  return sql`(
    select distinct on (convention) * from convention_deployment
    where at <= ${asOf} and convention in (select slug from convention) order by convention, at desc
  )`
}
