import { QueryTooComplex } from '@strata/domain/shared'
import { Kind, type FieldNode, type GraphQLField, type ValueNode } from 'graphql'

/** What the variables of an operation stand for, as far as it is known before they are coerced. */
export type VariableValue = (name: string) => unknown

/** As domain/shared/page.ts has it; repeated here so that a page too large is refused before anything is planned. */
const largestPage = 1_000
const usualPage = 50

/**
 * How many items a field may answer with. Most lists of a fixed size are short. A list whose size is that of the input
 * (what became of each published record) is not counted by it: the input's own limits hold there.
 */
export function listSize(node: FieldNode, field: GraphQLField<unknown, unknown>, variable: VariableValue): number {
  const given = pageArguments.map((name) => pageSize(name, node, field, variable)).filter((size) => size !== undefined)
  return given.length === 0 ? (longLists[field.name] ?? usualList) : Math.max(...given)
}

const pageArguments = ['first', 'last', 'limit']
const usualList = 10
/** By field name: lists that are as long as the archive has conventions. */
const longLists: Readonly<Record<string, number>> = { conventions: 50, datasets: 100, hooks: 25, vocabularies: 50 }

function pageSize(name: string, node: FieldNode, field: GraphQLField<unknown, unknown>, variable: VariableValue): number | undefined {
  const argument = field.args.find((candidate) => candidate.name === name)
  if (argument === undefined) return undefined
  const value = node.arguments?.find((candidate) => candidate.name.value === name)?.value
  const given = value === undefined ? undefined : numberOf(value, variable)
  if (given === undefined) return typeof argument.defaultValue === 'number' ? argument.defaultValue : name === 'first' ? usualPage : undefined
  if (given > largestPage && name !== 'limit') {
    throw new QueryTooComplex(
      `"${name}" of "${field.name}" is ${given.toLocaleString('en-US')}, and at most ${largestPage.toLocaleString('en-US')} are allowed; ask for the next page with "after".`,
      name,
    )
  }
  return Math.max(0, given)
}

function numberOf(value: ValueNode, variable: VariableValue): number | undefined {
  if (value.kind === Kind.INT || value.kind === Kind.FLOAT) return Number(value.value)
  const given = value.kind === Kind.VARIABLE ? variable(value.name.value) : undefined
  return typeof given === 'number' ? given : undefined
}
