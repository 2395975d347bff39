import type { GraphQLFormattedError } from 'graphql'

const most = 100

/**
 * A subgraph's errors, one per refusal. Keeps the first hundred and says how many are left out, because the same fault may occur in
 * every row of a page.
 */
export function fewErrors<Error>(
  errors: readonly Error[],
  format: (error: Error) => GraphQLFormattedError,
): readonly GraphQLFormattedError[] {
  const formatted = errors.slice(0, most).flatMap((error) => oneByOne(format(error)))
  const shown = formatted.slice(0, most)
  const last = shown.at(-1)
  const left = formatted.length - shown.length + Math.max(errors.length - most, 0)
  if (left === 0 || last === undefined) return shown
  return [
    ...shown,
    { message: `${left.toLocaleString('en-US')} more errors are left out; correct these first.`, extensions: { ...last.extensions } },
  ]
}

function oneByOne(error: GraphQLFormattedError): readonly GraphQLFormattedError[] {
  const refusals = error.extensions?.['refusals']
  if (!Array.isArray(refusals)) return [error]
  return refusals.map(({ message, extensions }: GraphQLFormattedError) => ({ ...error, message, ...(extensions ? { extensions } : {}) }))
}
