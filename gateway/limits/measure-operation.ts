import { QueryTooComplex } from '@strata/domain/shared'
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { filterCost } from './filter-cost.ts'
import { isConnection, type ListBounds } from './list-bounds.ts'
import { listSize, type VariableValue } from './list-size.ts'
import { both, moreExpensive, nothing, within, type Measure } from './measure.ts'
import { weightOfObject, weightOfValue } from './weights.ts'

export interface MeasuredSchema {
  readonly schema: GraphQLSchema
  readonly bounds: ListBounds
}

/**
 * Measures an operation in one pass over its document. Each fragment is measured once, even if it is spread often. The document may be
 * invalid: validation, which follows, reports what does not fit the schema.
 */
export function measureOperation(
  { schema, bounds }: MeasuredSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variable: VariableValue,
): Measure {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  const measured = new Map<string, Measure>()
  let level = 0

  return ofSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined)

  function ofSelections({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): Measure {
    if (++level > deepestSpread) {
      throw new QueryTooComplex(
        `This operation spreads fragments within fragments more than ${deepestSpread} deep, which is the limit; nest them less.`,
      )
    }
    let sum = nothing
    for (const selection of selections) sum = both(sum, ofSelection(selection, parent))
    level--
    return sum
  }

  function ofSelection(selection: SelectionNode, parent: GraphQLNamedType | undefined): Measure {
    if (selection.kind === Kind.FIELD) return ofField(selection, parent)
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value)
    const condition = selection.typeCondition?.name.value
    return ofSelections(selection.selectionSet, condition === undefined ? parent : schema.getType(condition))
  }

  function ofFragment(name: string): Measure {
    const known = measured.get(name)
    if (known !== undefined) return known
    const fragment = fragments.get(name)
    if (fragment === undefined) return nothing
    // A placeholder while the fragment is being measured; validation refuses a fragment that spreads itself.
    measured.set(name, nothing)
    const measure = ofSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value))
    measured.set(name, measure)
    return measure
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): Measure {
    const field = fieldOf(schema, parent, node.name.value)
    const type = field && getNamedType(field.type)
    const inside = node.selectionSet === undefined ? nothing : ofSelections(node.selectionSet, type)
    const describesSchema = isOfSchema(parent) || isOfSchema(type)
    return {
      width: 1,
      depth: describesSchema ? 0 : inside.depth + 1,
      aliases: inside.aliases + (node.alias === undefined ? 0 : 1),
      fields: inside.fields + 1,
      ...priceOf(node, inside, { field, parent, type }),
      schemaDepth: describesSchema ? inside.schemaDepth + 1 : inside.schemaDepth,
      schemaLists: inside.schemaLists + (isOfSchema(parent) && listsOfSchema.has(node.name.value) ? 1 : 0),
    }
  }

  function priceOf(node: FieldNode, inside: Measure, { field, parent, type }: Selected): Price {
    if (field === undefined || parent === undefined || type === undefined) return free
    const name = node.name.value
    if (isOfSchema(type)) return price(name, costOfSchema[name] ?? 0, 1, inside)
    if (isOfSchema(parent)) return free
    const isSizedAround = isList(field) && (isConnection(parent) || bounds.isSizedAround(parent.name, name))
    const bound = bounds.of(parent.name, name)
    const size = isList(field) && !isSizedAround ? listSize(node, field, bound, variable) : 1
    const weight = isCompositeType(type)
      ? weightOfObject(parent.name, name, type.name)
      : weightOfValue(parent.name, name, { isList: isList(field) })
    // Multiply here, where the page's size is known: the selection occurs once for each item.
    const page = isList(field) || !isCompositeType(type) ? 1 : listSize(node, field, bound, variable)
    const all: Price = price(name, weight + filterCost(node, variable), size, inside, page)
    return isSizedAround ? { ...free, costPerItem: all.cost, mostExpensivePerItem: all.mostExpensive } : all
  }
}

interface Selected {
  readonly field: GraphQLField<unknown, unknown> | undefined
  readonly parent: GraphQLNamedType | undefined
  readonly type: GraphQLNamedType | undefined
}

type Price = Pick<Measure, 'cost' | 'costPerItem' | 'mostExpensive' | 'mostExpensivePerItem'>

const { cost, costPerItem, mostExpensive, mostExpensivePerItem } = nothing
const free: Price = { cost, costPerItem, mostExpensive, mostExpensivePerItem }

/** A field with `size` items of this weight, each with its selection. */
function price(name: string, weight: number, size: number, inside: Measure, page = 1): Price {
  const own = { path: name, cost: weight * size }
  const deeper = moreExpensive(within(name, inside.mostExpensive, size), within(name, inside.mostExpensivePerItem, page * size))
  return { ...free, cost: size * (weight + inside.cost + page * inside.costPerItem), mostExpensive: moreExpensive(own, deeper) }
}

/** Nested selections through fragments, which determine the stack depth of this code and of validation. */
const deepestSpread = 200

/** The schema's description has a fixed size, which nesting multiplies. */
const costOfSchema: Readonly<Record<string, number>> = { __schema: 1_000, __type: 50 }
const listsOfSchema = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes'])

function fieldOf(schema: GraphQLSchema, parent: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  if (parent !== undefined && parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef
  }
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
}

function isList(field: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(field.type))
}

function isOfSchema(type: GraphQLNamedType | undefined): boolean {
  return type?.name.startsWith('__') ?? false
}
