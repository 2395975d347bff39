import { Kind, type FieldNode, type ValueNode } from 'graphql'
import type { VariableValue } from './list-size.ts'

/**
 * The cost of a field's filter, in objects: every condition is checked for every row examined. A text search reads texts to their ends, so
 * it costs as much as many comparisons. Only the code next to the table knows how many columns a search reads
 * (domain/dataset/reading/filter-cost.ts). That code gives each filter its own limit.
 */
export function filterCost(node: FieldNode, variable: VariableValue): number {
  const value = node.arguments?.find(({ name }) => name.value === 'filter')?.value
  return value === undefined ? 0 : costOfLiteral(value, variable)
}

const weights: Readonly<Record<string, number>> = {
  contains: 20,
  startsWith: 20,
  search: 100,
  eq: 1,
  neq: 1,
  lt: 1,
  lte: 1,
  gt: 1,
  gte: 1,
  in: 2,
  isNull: 1,
}

function weightOf(key: string): number {
  return Object.hasOwn(weights, key) ? (weights[key] ?? 0) : 0
}

function costOfLiteral(value: ValueNode, variable: VariableValue): number {
  switch (value.kind) {
    case Kind.VARIABLE:
      return costOfValue(variable(value.name.value))
    case Kind.LIST:
      return value.values.reduce((sum, one) => sum + costOfLiteral(one, variable), 0)
    case Kind.OBJECT:
      return value.fields.reduce((sum, field) => sum + (weightOf(field.name.value) || costOfLiteral(field.value, variable)), 0)
    default:
      return 0
  }
}

/** check-variables.ts limits how deep variables are nested. */
function costOfValue(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + costOfValue(one), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce((sum, [key, one]) => sum + (weightOf(key) || costOfValue(one)), 0)
}
