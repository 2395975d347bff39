/**
 * The text of a failure: at most 2,000 characters, all of them visible and accepted by Postgres. Only `failureText` creates one, so no
 * unbounded or unchecked text gets into a run.
 */
export type FailureText = string & { readonly [failureTextBrand]: true }
declare const failureTextBrand: unique symbol

export const maxFailureText = 2_000

/** Cuts a text that is too long and says how much is missing. Replaces NUL, control characters and lone surrogates. */
export function failureText(raw: string): FailureText {
  // Read only the beginning: the rest may be megabytes and is not shown.
  const seen = raw.length > maxFailureText ? raw.slice(0, maxFailureText) : raw
  const text = visible(seen)
  return (raw.length > maxFailureText ? cut(text, raw.length) : text) as FailureText
}

export function isFailureText(value: unknown): value is FailureText {
  return typeof value === 'string' && value.length <= maxFailureText && failureText(value) === value
}

function cut(text: string, length: number): string {
  const kept = maxFailureText - ` … [cut; ${length} more characters]`.length
  const note = ` … [cut; ${length - kept} more characters]`
  // A character outside the Basic Multilingual Plane takes two code units. Drop half of one.
  return `${text
    .slice(0, kept)
    .toWellFormed()
    .replace(/\ufffd$/, '')}${note}`
}

/**
 * Terminals act on control characters, and right-to-left marks reorder the text after them. Each becomes one visible character, so the
 * length stays the same. Line breaks and tabs stay.
 */
function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, symbolOf)
}

function symbolOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\ufffd'
}
