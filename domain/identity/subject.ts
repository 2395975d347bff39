/** The longest subject of a token, in UTF-16 code units. */
const longest = 255

/** Characters that are invisible or change how others appear: controls, formats, unassigned, private use, fillers, variation selectors. */
const invisible = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u
/** Every space and separator except the plain space. */
const oddSpace = /[\p{Zl}\p{Zp}]|(?! )\p{Zs}/u

/**
 * Why a text cannot be the subject of a token, as the end of a sentence; undefined when it can. Invisible characters must never make two
 * subjects look the same, because the audit log attributes every action to this name.
 */
export function faultOfSubject(subject: string): string | undefined {
  if (subject === '') return 'is empty'
  if (subject.length > longest) return `is longer than ${longest} characters`
  if (!subject.isWellFormed() || invisible.test(subject)) return `has the character ${nameOf(invisible, subject)}, which is invisible`
  if (oddSpace.test(subject)) return `has the character ${nameOf(oddSpace, subject)}, which looks like a space but is not one`
  if (subject.startsWith(' ') || subject.endsWith(' ')) return 'begins or ends with a space'
  if (subject.includes('  ')) return 'has two spaces in a row'
  if (/^\p{M}/u.test(subject)) return 'begins with a combining mark'
  if (subject !== subject.normalize('NFC')) return 'is not in Unicode’s composed form (NFC)'
  return undefined
}

function nameOf(pattern: RegExp, subject: string): string {
  const found = pattern.exec(subject)?.[0].codePointAt(0) ?? 0xfffd
  return `U+${found.toString(16).toUpperCase().padStart(4, '0')}`
}
