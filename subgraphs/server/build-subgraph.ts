import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse, type GraphQLSchema } from 'graphql'
import { boundAnswers } from './bounded.ts'
import { enforceExactlyOne } from './exactly-one.ts'
import { gateFields } from './gated.ts'
import { mergeResolvers } from './merge-resolvers.ts'
import { scalars } from './scalars.ts'
import { subgraphSdl } from './subgraph-sdl.ts'
import { refuseUnstorableText } from './text-arguments.ts'

export const subgraphNames = ['conventions', 'registry', 'records', 'data'] as const
export type SubgraphName = (typeof subgraphNames)[number]

/** The executable schema of a subgraph: its SDL, the resolvers of its modules, and the rules that hold for all of them. */
export function buildSubgraph(name: SubgraphName, resolvers: readonly object[]): GraphQLSchema {
  const typeDefs = parse(subgraphSdl(name))
  const declared = new Set(typeDefs.definitions.flatMap((node) => (node.kind === 'ScalarTypeDefinition' ? [node.name.value] : [])))
  const used = Object.fromEntries(Object.entries(scalars).filter(([scalar]) => declared.has(scalar)))
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: { ...used, ...mergeResolvers(resolvers) } }])
  // For a missing dataset, the resolver suggests a similar one, so it accepts any name.
  const except = name === 'data' ? ['convention'] : []
  return boundAnswers(gateFields(enforceExactlyOne(refuseUnstorableText(schema, { except }))))
}
