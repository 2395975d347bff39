import { BadUserInput } from '@strata/domain/shared'

const placeholders = new Set(['unknown', 'none', 'null', 'undefined', 'n/a', 'na', '-'])

/** A branch or a moving tag, alone or at the end of an address: it can name other code later. */
const floating = /^(?:.*@|git:)?(?:refs\/heads\/|origin\/)?(main|master|trunk|develop|head|latest|tip|todo)(?:\+dirty)?$/is

/** Stored as given. A placeholder or a branch would break the chain from a row to the code that made it. */
export function parseSourceRef(text: string, field: string): string {
  const fault = faultOf(text)
  if (fault === undefined) return text
  throw new BadUserInput(
    `${fault} Say where the code is: a commit like git:https://example.org/hooks@<full sha> (add +dirty for uncommitted changes), or a DOI.`,
    field,
  )
}

function faultOf(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return 'The source ref is empty.'
  if (placeholders.has(trimmed.toLowerCase())) return `The source ref "${trimmed}" is a placeholder.`
  if (text.length > 1000) return 'The source ref has more than 1000 characters.'
  const [, name] = floating.exec(trimmed) ?? []
  if (name !== undefined) return `The source ref ends in "${name}", which will name other code later.`
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text) || !text.isWellFormed() ? 'The source ref contains control characters.' : undefined
}
