import { nodeId, type NodeFacts, type ProvenanceKind } from '@strata/domain/provenance'
import type { JsonObject } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely } from 'kysely'
import { keyArray } from './key-type.ts'
import type { Moment } from './moment.ts'
import { archiveFacts } from './facts/archive.ts'
import { recordFacts } from './facts/record.ts'
import { registryFacts } from './facts/registry.ts'
import { runFacts } from './facts/run.ts'
import type { FactsQuery } from './facts/facts-query.ts'

const factsOf: { readonly [Kind in ProvenanceKind]: FactsQuery } = { ...recordFacts, ...registryFacts, ...runFacts, ...archiveFacts }

interface FactsRow {
  readonly key: string
  readonly name: string
  readonly label: string
  readonly count: bigint
  readonly attributes: JsonObject
}

export async function nodesOf(kysely: Kysely<DB>, at: Moment, kind: ProvenanceKind, keys: readonly string[]): Promise<NodeFacts[]> {
  const { rows } = await sql<FactsRow>`
    select key::text, name::text, label::text, count::bigint, jsonb_strip_nulls(attributes) as attributes
    from (${factsOf[kind](keyArray(kind, keys), at)}) fact`.execute(kysely)
  return rows.map(({ key, name, label, count, attributes }) => ({ key, id: nodeId(kind, name), kind, label, count, attributes }))
}
