import type { GraphQLFormattedError } from 'graphql'

const most = 100

/** The first hundred errors. The same fault may come with every row of a page; what is left out is said. */
export function fewErrors<Error>(errors: readonly Error[], format: (error: Error) => GraphQLFormattedError): readonly GraphQLFormattedError[] {
  const shown = errors.slice(0, most).map(format)
  const last = shown.at(-1)
  if (errors.length <= most || last === undefined) return shown
  const more = (errors.length - most).toLocaleString('en-US')
  return [...shown, { message: `${more} more errors are left out; correct these first.`, extensions: { ...last.extensions } }]
}
