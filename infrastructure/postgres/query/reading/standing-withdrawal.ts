import { sql, type RawBuilder } from 'kysely'

/** The condition that a row of `withdrawal` was in force: the record had been withdrawn and not yet restored. */
export function stoodThen(asOf?: Date | undefined): RawBuilder<boolean> {
  if (asOf === undefined) return sql`withdrawal.restored_at is null`
  return sql`withdrawal.at <= ${asOf} and (withdrawal.restored_at is null or withdrawal.restored_at > ${asOf})`
}
