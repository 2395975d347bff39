import { QueryTooComplex } from '@strata/domain/shared'

/**
 * Parsing JSON is safe at any depth, but storing it is not. Metadata is checked record by record where it is stored, so that one
 * invalid record does not affect the others.
 */
export function checkVariables(variables: unknown): void {
  let level: object[] = isContainer(variables) ? [variables] : []
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > deepestVariables) {
      throw new QueryTooComplex(`The variables are nested more than ${deepestVariables} deep, which is the limit; send flatter values.`)
    }
    const below: object[] = []
    for (const container of level) {
      for (const [key, value] of Object.entries(container)) {
        if (isContainer(value) && !(key === 'metadata' && depth <= depthOfRecords)) below.push(value)
      }
    }
    level = below
  }
}

const deepestVariables = 100
/** The depth of a record: variables, input, list of records, record. */
const depthOfRecords = 4

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
