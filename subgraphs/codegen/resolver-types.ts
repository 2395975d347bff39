import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codegen } from '@graphql-codegen/core'
import * as typescript from '@graphql-codegen/typescript'
import * as resolvers from '@graphql-codegen/typescript-resolvers'
import { buildASTSchema, parse, type DocumentNode, type GraphQLSchema } from 'graphql'
import { subgraphSdl } from '../server/subgraph-sdl.ts'

const root = join(import.meta.dirname, '..')
const names = ['conventions', 'registry', 'records', 'data']

/** Our type `Record` hides TypeScript's own from the generated code, which uses it too. */
const header = `// @ts-nocheck Generated from the schema.graphql files of this subgraph; do not edit.
import type { Dictionary } from '../../server/dictionary.ts';
`

/** The resolver types of one subgraph, made from its SDL. */
export async function resolverTypes(name: string): Promise<string> {
  const sdl = parse(subgraphSdl(name))
  const schema = buildASTSchema(withoutLink(sdl), { assumeValidSDL: true })
  const printed = await codegen({
    filename: 'types.ts',
    schema: withoutLink(sdl),
    schemaAst: schema,
    documents: [],
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      federation: true,
      immutableTypes: true,
      avoidOptionals: { defaultValue: true },
      contextType: '../context.ts#Context',
      mappers: mappersOf(name),
      fieldContextTypes: mutationNames(schema).map((field) => `Mutation.${field}#../context.ts#MutationContext`),
      maybeValue: 'T | null | undefined',
      defaultScalarType: 'unknown',
      scalars: {
        DateTime: { input: 'Date', output: 'Date' },
        JSON: { input: 'import("@strata/domain/shared").Json', output: 'import("@strata/domain/shared").Json' },
        BigInt: { input: 'bigint', output: 'bigint' },
        SRN: { input: 'import("@strata/domain/shared").Srn', output: 'import("@strata/domain/shared").Srn' },
        Digest: { input: 'import("@strata/domain/shared").Digest', output: 'import("@strata/domain/shared").Digest' },
      },
    },
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
  })
  return header + printed.replaceAll(/\bRecord</g, 'Dictionary<')
}

function withoutLink(sdl: DocumentNode): DocumentNode {
  return { ...sdl, definitions: sdl.definitions.filter((node) => node.kind !== 'SchemaExtension') }
}

/** A subgraph's mappers.ts exports `<Type>Model` for each type that is something else in a resolver's hands. */
function mappersOf(name: string): Record<string, string> {
  const file = join(root, name, 'mappers.ts')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const types = [...text.matchAll(/^export type (\w+)Model\b/gm)].map((match) => match[1] ?? '')
  return Object.fromEntries(types.map((type) => [type, `../mappers.ts#${type}Model`]))
}

function mutationNames(schema: GraphQLSchema): string[] {
  return Object.keys(schema.getMutationType()?.getFields() ?? {})
}

if (import.meta.main) {
  for (const name of names) {
    mkdirSync(join(root, name, 'generated'), { recursive: true })
    writeFileSync(join(root, name, 'generated', 'types.ts'), await resolverTypes(name))
  }
}
