/** Why a text cannot be a file's name, as the end of a sentence; undefined when it can. */
export function faultOfFileName(name: string): string | undefined {
  if (name.trim() === '') return 'is empty; give the file a name'
  if (name === '.' || name === '..') return 'names a folder; give the file another name'
  if (/[/\\]/.test(name)) return 'contains a slash; records have no folders'
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name) || !name.isWellFormed()) return 'contains control characters'
  // They make "gpj.exe" look like "exe.jpg".
  if (/[\u202a-\u202e\u2066-\u2069]/.test(name)) return 'contains characters that change the direction of the text'
  const bytes = new TextEncoder().encode(name).length
  return bytes > maxNameBytes ? `is ${bytes} bytes long; the maximum is ${maxNameBytes}` : undefined
}

const maxNameBytes = 255

/** Names with the same key are the same on some file systems: é as one or two characters, A or a. */
export function fileNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** Makes any name safe to show in a message. */
export function shownFileName(name: string): string {
  return JSON.stringify(name.toWellFormed().slice(0, 80)).slice(1, -1)
}
