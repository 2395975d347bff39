import type { RawBuilder } from 'kysely'
import type { Moment } from '../moment.ts'

/**
 * Facts about nodes of a kind: key, name (the end of its id), label, count and attributes. `keys` is a parameter. Null attributes
 * are left out, and so are nodes that did not exist at `asOf`.
 */
export type FactsQuery = (keys: RawBuilder<unknown>, at: Moment) => RawBuilder<unknown>
