/** What is wrong with a file's name, as the end of a sentence about it; undefined when nothing is. */
export function faultOfFileName(name: string): string | undefined {
  if (name.trim() === '') return 'is empty; give the file a name'
  if (name === '.' || name === '..') return 'means a folder; give the file a name of its own'
  if (/[/\\]/.test(name)) return 'has a slash in it; a record has files, but no folders'
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name) || !name.isWellFormed()) return 'has control characters in it'
  // They make "gpj.exe" read as "exe.jpg".
  if (/[\u202a-\u202e\u2066-\u2069]/.test(name)) return 'has characters in it that change the direction of reading'
  const bytes = new TextEncoder().encode(name).length
  return bytes > maxNameBytes ? `is ${bytes} bytes long; the most is ${maxNameBytes}` : undefined
}

const maxNameBytes = 255

/** Two names with one key are one name to some file systems: é as one character or as two, A or a. */
export function fileNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** A name that can be shown in a message, whatever it is. */
export function shownFileName(name: string): string {
  return JSON.stringify(name.toWellFormed().slice(0, 80)).slice(1, -1)
}
