import type { Sample, Selection } from '@strata/domain/verification'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'

/** The items of a check: `id` identifies each of them within `from`. */
export interface Universe {
  readonly id: RawBuilder<unknown>
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
}

/** The upper bound of the hashes. */
const hashes = 2 ** 32

/** The number of items, or of a sample: the items with the lowest hashes, so that pages need no list of them. */
export async function measure(
  { kysely }: Pick<Database, 'kysely'>,
  { id, from, where }: Universe,
  seed: string,
  sample: Sample | undefined,
): Promise<{ of: number; selection: Selection }> {
  if (sample === undefined) {
    const { rows } = await sql<{ n: bigint }>`select count(*) as n from ${from} where ${where}`.execute(kysely)
    return { of: Number(rows[0]?.n ?? 0), selection: { seed, below: undefined } }
  }
  if (sample.kind === 'part') {
    const below = String(Math.ceil((sample.percent / 100) * hashes))
    const { rows } = await sql<{
      n: bigint
    }>`select count(*) as n from ${from} where ${where} and ${hashOf(id, seed)} < ${below}::bigint`.execute(kysely)
    return { of: Number(rows[0]?.n ?? 0), selection: { seed, below } }
  }
  const { rows } = await sql<{ n: bigint; below: bigint | null }>`
    select count(*) as n, max(hash) + 1 as below
    from (select ${hashOf(id, seed)} as hash from ${from} where ${where} order by 1 limit ${sample.count}) lowest`.execute(kysely)
  return { of: Number(rows[0]?.n ?? 0), selection: { seed, below: String(rows[0]?.below ?? 0) } }
}

export function selected(id: RawBuilder<unknown>, { seed, below }: Selection): RawBuilder<unknown> {
  return below === undefined ? sql`true` : sql`${hashOf(id, seed)} < ${below}::bigint`
}

function hashOf(id: RawBuilder<unknown>, seed: string): RawBuilder<unknown> {
  return sql`(hashtextextended(${id}::text, ${seed}::bigint) & 4294967295)`
}
