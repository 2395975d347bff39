import type { GraphQLFormattedError } from 'graphql'

const most = 100

/** Keeps the first hundred errors and says how many were left out. The same fault may occur in every row of a page. */
export function fewErrors<Error>(errors: readonly Error[], format: (error: Error) => GraphQLFormattedError): readonly GraphQLFormattedError[] {
  const shown = errors.slice(0, most).map(format)
  const last = shown.at(-1)
  if (errors.length <= most || last === undefined) return shown
  const more = (errors.length - most).toLocaleString('en-US')
  return [...shown, { message: `${more} more errors are left out; correct these first.`, extensions: { ...last.extensions } }]
}
