import { QueryTooComplex } from '@strata/domain/shared'
import { Kind, type FieldNode, type GraphQLField, type ValueNode } from 'graphql'
import type { ListBound } from './list-bounds.ts'

/** The values of an operation's variables, before coercion. */
export type VariableValue = (name: string) => unknown

/** The same as in domain/shared/page.ts; repeated so that a larger page is refused before planning. */
const largestPage = 1_000
const usualPage = 50

/** How many items a field may return: the number in an argument, or the bound that its resolver enforces. */
export function listSize(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  bound: ListBound | undefined,
  variable: VariableValue,
): number {
  const slicedBy = bound === undefined ? pageArguments : [...pageArguments, ...bound.slicedBy]
  const given = slicedBy.map((name) => sizeAskedFor(name, node, field, variable)).filter((size) => size !== undefined)
  return given.length === 0 ? (bound?.most ?? usualPage) : given.reduce((most, size) => Math.max(most, size))
}

const pageArguments = ['first', 'last']

function sizeAskedFor(name: string, node: FieldNode, field: GraphQLField<unknown, unknown>, variable: VariableValue): number | undefined {
  const argument = field.args.find((candidate) => candidate.name === name)
  if (argument === undefined) return undefined
  const value = node.arguments?.find((candidate) => candidate.name.value === name)?.value
  const given = value === undefined ? undefined : numberOf(value, variable)
  if (given === undefined) return typeof argument.defaultValue === 'number' ? argument.defaultValue : undefined
  if (given > largestPage && pageArguments.includes(name)) {
    throw new QueryTooComplex(
      `"${name}" of "${field.name}" is ${given.toLocaleString('en-US')}, and at most ${largestPage.toLocaleString('en-US')} are allowed; ask for the next page with "after".`,
      name,
    )
  }
  // No resolver returns more than a page. It refuses or caps a larger number.
  return Math.min(Math.max(0, given), largestPage)
}

function numberOf(value: ValueNode, variable: VariableValue): number | undefined {
  if (value.kind === Kind.INT || value.kind === Kind.FLOAT) return Number(value.value)
  const given = value.kind === Kind.VARIABLE ? variable(value.name.value) : undefined
  return typeof given === 'number' ? given : undefined
}
