import type { Lineage, LineageArchive } from '@strata/domain/provenance'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { keyArray, keyColumn, keyOrder } from './key-type.ts'
import { countBeyond } from './count-beyond.ts'
import { end, far } from './ends.ts'
import { keyOf } from './key-of.ts'
import { pairsOf } from './link-pairs.ts'
import type { Moment } from './moment.ts'
import { nodesOf } from './nodes-of.ts'

/** The links between rows, read in one snapshot, so that nodes, edges and counts are consistent. */
export function lineageArchive({ kysely }: Pick<Database, 'kysely'>, domain: string): LineageArchive {
  return {
    read: (at, work) =>
      kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (snapshot) => {
          // Times in attributes are printed by the database and must not depend on its time zone.
          await sql`set local time zone 'UTC'`.execute(snapshot)
          return work(lineageAt(snapshot, { ...at, domain }))
        }),
    keyOf: (kind, name, at) => keyOf(kysely, kind, name, { ...at, domain }),
  }
}

function lineageAt(snapshot: Kysely<DB>, at: Moment): Lineage {
  return {
    nodes: (kind, keys) => nodesOf(snapshot, at, kind, keys),

    // Each near end returns at most `limit`, from an index if there is one: a release with 10,000 runs is not read completely.
    async neighbours({ step, near }, except, limit) {
      const order = keyOrder(step.farKind)
      const { rows } = await sql<{ key: string }>`
        select key::text from (
          select distinct beyond.key
          from unnest(${keyArray(step.nearKind, near)}) as given (key)
          cross join lateral (
            select distinct ${keyColumn(step.farKind, far(step))} as key from (${pairsOf[step.link.name](at)}) pair
            where ${end(step.near)} = given.key and ${far(step)} <> all(${keyArray(step.farKind, except)})
            order by key ${order}
            limit ${limit}
          ) beyond
        ) found
        order by found.key ${order}
        limit ${limit}`.execute(snapshot)
      return rows.map(({ key }) => key)
    },

    async pairs(link, from, to) {
      const { rows } = await sql<{ from: string; to: string }>`
        select distinct "from"::text, "to"::text from (${pairsOf[link.name](at)}) pair
        where "from" = any(${keyArray(link.from, from)}) and "to" = any(${keyArray(link.to, to)})`.execute(snapshot)
      return rows
    },

    countBeyond: (walks, except) => countBeyond(snapshot, at, walks, except),

    async nearWithMore({ step, near }, except) {
      const { rows } = await sql<{ key: string }>`
        select given.key::text from unnest(${keyArray(step.nearKind, near)}) as given (key)
        where exists (
          select from (${pairsOf[step.link.name](at)}) pair
          where ${end(step.near)} = given.key and ${far(step)} <> all(${keyArray(step.farKind, except)})
        )`.execute(snapshot)
      return rows.map(({ key }) => key)
    },
  }
}
