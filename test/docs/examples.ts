import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A fenced block of a page. What stands after its language is the file that it is, or `not-run`. */
export interface Example {
  readonly page: string
  readonly line: number
  readonly language: string
  readonly note: string | undefined
  readonly text: string
}

export const notRun = 'not-run'

export function pages(): readonly string[] {
  return [
    'README.md',
    ...readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .toSorted()
      .map((name) => `docs/${name}`),
  ]
}

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

export function examplesOf(page: string): readonly Example[] {
  const found: Example[] = []
  const lines = readPage(page).split('\n')
  for (let i = 0; i < lines.length; i++) {
    const [, language, note] = /^```(\w*)(?: (\S+))?$/.exec(lines[i] ?? '') ?? []
    if (language === undefined) continue
    const end = lines.indexOf('```', i + 1)
    if (end < 0) throw new Error(`${page}:${i + 1} opens a block that does not close`)
    found.push({ page, line: i + 1, language, note, text: lines.slice(i + 1, end).join('\n') })
    i = end
  }
  return found
}
