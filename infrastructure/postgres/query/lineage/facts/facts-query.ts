import type { RawBuilder } from 'kysely'
import type { Moment } from '../moment.ts'

/**
 * What is known of nodes of a kind: key, name (what its id ends in), label, count and attributes. `keys` is a parameter.
 * Attributes that are null are left out. What was not there at the moment is not in the answer.
 */
export type FactsQuery = (keys: RawBuilder<unknown>, at: Moment) => RawBuilder<unknown>
