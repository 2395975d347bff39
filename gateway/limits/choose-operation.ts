import { BadUserInput } from '@strata/domain/shared'
import type { OperationDefinitionNode } from 'graphql'

/** Finds the operation to run in a document. If the choice is ambiguous, the refusal lists the possible names. */
export function chooseOperation(
  operations: readonly OperationDefinitionNode[],
  name: string | undefined,
): OperationDefinitionNode | undefined {
  if (name === undefined) {
    if (operations.length <= 1) return operations[0]
    throw new BadUserInput(
      `This document has ${operations.length} operations; choose one with "operationName": ${named(operations)}.`,
      'operationName',
    )
  }
  const found = operations.find((operation) => operation.name?.value === name)
  if (found || operations.length === 0) return found
  const names = named(operations)
  const instead = names === '' ? 'its operation has no name, so leave "operationName" out' : `it has ${names}`
  throw new BadUserInput(`This document has no operation "${name.slice(0, 80).toWellFormed()}"; ${instead}.`, 'operationName')
}

function named(operations: readonly OperationDefinitionNode[]): string {
  const names = operations.flatMap((operation) => operation.name?.value ?? [])
  return names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ')
}
