/** The folders that a README lists: at the beginning of the rows of a table, of the items of a list, or of the lines of a drawing. */
export function listedFolders(text: string): readonly string[] {
  let isDrawing = false
  const listed: string[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) isDrawing = !isDrawing
    else listed.push(...(isDrawing ? drawnIn(line) : namedIn(line)))
  }
  return listed
}

/** `| a/, b/ | …` and `- a/: …`, with the names in backticks. A path with several parts names no folder of this place. */
function namedIn(line: string): readonly string[] {
  const [, names = ''] = /^(?:\| |- )((?:`[^`]+`(?:, )?)+)/.exec(line) ?? []
  return [...names.matchAll(/`([\w.-]+)\/`/g)].map(([, name = '']) => name)
}

/** `a/  what it holds` and `a/ b/ c/`, from the first column on. */
function drawnIn(line: string): readonly string[] {
  const [names = ''] = /^(?:[\w.-]+\/ ?)+/.exec(line) ?? []
  return [...names.matchAll(/([\w.-]+)\//g)].map(([, name = '']) => name)
}

export function listBreaches(listed: readonly string[], folders: readonly string[]): readonly string[] {
  const [names, there] = [new Set(listed), new Set(folders)]
  return [
    ...[...names].filter((name) => listed.indexOf(name) !== listed.lastIndexOf(name)).map((name) => `${name}/ is listed twice`),
    ...[...names].filter((name) => !there.has(name)).map((name) => `${name}/ is listed and does not exist`),
    ...folders.filter((name) => !names.has(name)).map((name) => `${name}/ is not listed`),
  ]
}
