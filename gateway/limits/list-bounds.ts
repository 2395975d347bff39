import {
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  parse,
  type ConstDirectiveNode,
  type ConstValueNode,
  type GraphQLSchema,
} from 'graphql'

/** How many items a list may have, according to `@listSize` at the field. */
export interface ListBound {
  /** The bound when no argument gives a number. */
  readonly most: number | undefined
  /** Arguments that give the number. */
  readonly slicedBy: readonly string[]
}

export interface ListBounds {
  of(type: string, field: string): ListBound | undefined
  /** Lists of the type that get their size from the field around them: those that its `sizedFields` name. */
  isSizedAround(type: string, field: string): boolean
}

/** Reads the bounds from the supergraph, which gets them from the subgraphs' schemas. No other code repeats them. */
export function readListBounds(supergraphSdl: string): ListBounds {
  const bounds = new Map<string, ListBound>()
  const sizedAround = new Set<string>()
  for (const node of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
    for (const field of node.fields ?? []) {
      const directive = field.directives?.find(({ name }) => name.value === 'listSize')
      if (directive === undefined) continue
      const { assumedSize, slicingArguments = [], sizedFields = [] } = argumentsOf(directive)
      bounds.set(`${node.name.value}.${field.name.value}`, { most: assumedSize, slicedBy: slicingArguments })
      const type = namedType(field.type)
      for (const sized of sizedFields) sizedAround.add(`${type}.${sized}`)
    }
  }
  return {
    of: (type, field) => bounds.get(`${type}.${field}`),
    isSizedAround: (type, field) => sizedAround.has(`${type}.${field}`),
  }
}

/** Lists of the schema without a bound. Their cost would be a guess. */
export function unboundedLists(schema: GraphQLSchema, bounds: ListBounds): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('__') || isConnection(type)) return []
    const lists = Object.values(type.getFields()).filter((field) => isListType(getNullableType(field.type)))
    return lists
      .filter(({ name }) => bounds.of(type.name, name) === undefined && !bounds.isSizedAround(type.name, name))
      .map(({ name }) => `${type.name}.${name}`)
  })
}

/** A page: its lists have the size that `first` of the enclosing field gives. */
export function isConnection(type: unknown): boolean {
  return isObjectType(type) && type.name.endsWith('Connection') && 'pageInfo' in type.getFields()
}

interface ListSizeArguments {
  readonly assumedSize?: number
  readonly slicingArguments?: readonly string[]
  readonly sizedFields?: readonly string[]
}

function argumentsOf(directive: ConstDirectiveNode): ListSizeArguments {
  return Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, valueOf(value)]))
}

function valueOf(value: ConstValueNode): unknown {
  if (value.kind === Kind.INT) return Number(value.value)
  if (value.kind === Kind.LIST) return value.values.map(valueOf)
  return value.kind === Kind.STRING ? value.value : undefined
}

type TypeNode =
  | { readonly kind: Kind.NAMED_TYPE; readonly name: { readonly value: string } }
  | { readonly kind: Kind.LIST_TYPE | Kind.NON_NULL_TYPE; readonly type: TypeNode }

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}
