import type { Step } from '@strata/domain/provenance'
import { sql, type RawBuilder } from 'kysely'

export function end(name: 'from' | 'to'): RawBuilder<unknown> {
  return sql.ref(`pair.${name}`)
}

export function far({ far: name }: Step): RawBuilder<unknown> {
  return end(name)
}
