import { QueryTooComplex } from '@strata/domain/shared'

/**
 * Reading JSON is safe at any depth; keeping it is not. Metadata is judged where it is kept, record by record, so that one
 * bad record does not cost the good ones beside it.
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
/** The variables, the input, its records, a record. */
const depthOfRecords = 4

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
