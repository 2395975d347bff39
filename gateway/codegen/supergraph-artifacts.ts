import { composeServices } from '@apollo/composition'
import { lexicographicSortSchema, parse, printSchema } from 'graphql'
import type { SubgraphSdl } from './subgraph-sdl.ts'

export interface SupergraphArtifacts {
  /** The input of the query planner. */
  readonly supergraph: string
  /** The schema for clients: sorted, with descriptions, without federation's directives. */
  readonly api: string
}

/** Composes the subgraphs; throws all reasons if they do not compose. */
export function composeArtifacts(subgraphs: readonly SubgraphSdl[]): SupergraphArtifacts {
  const services = subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: `http://${name}.invalid` }))
  const composed = composeServices(services)
  if (composed.errors) {
    const reasons = composed.errors.map((error) => `  ${error.message}`)
    throw new Error(`The subgraphs do not compose:\n${reasons.join('\n')}`)
  }
  const api = composed.schema.toAPISchema().toGraphQLJSSchema()
  return {
    supergraph: `${generated}\n${composed.supergraphSdl.trim()}\n`,
    api: `${generated}\n${printSchema(lexicographicSortSchema(api)).trim()}\n`,
  }
}

const generated = '# Generated from subgraphs/*/**/schema.graphql; "pnpm --filter @strata/gateway codegen" writes it.\n'
