import { maxLineBytes, type TextLine } from './byte-lines.ts'

/** A row of RFC 4180 with the line it begins on, or why that line is none. */
export type CsvRow = { readonly line: number; readonly size: number } & ({ readonly cells: readonly string[] } | { readonly fault: string })

/**
 * A row ends with its line unless a quote is open; then it goes on. A quote that never closes costs its own line alone:
 * the lines after it are read again as rows. That is why this is no library's parser: those lose their place.
 */
export async function* csvRows(batches: AsyncIterable<readonly TextLine[]>): AsyncGenerator<readonly CsvRow[], void> {
  let open: TextLine[] = []
  let openSize = 0
  for await (const lines of batches) {
    const rows: CsvRow[] = []
    const pending = lines.toReversed()
    for (let line = pending.pop(); line !== undefined; line = pending.pop()) {
      open.push(line)
      openSize += line.text.length + 1
      const [first = line] = open
      if (line.fault !== undefined || openSize > maxLineBytes) {
        rows.push({ line: first.line, size: first.text.length, fault: open.length === 1 ? (line.fault ?? tooLong) : neverClosed })
        for (const again of open.slice(1).toReversed()) pending.push(again)
      } else if (hasOpenQuote(line.text) !== open.length > 1) {
        continue
      } else if (open.length > 1 || line.text.trim() !== '') {
        rows.push({ line: first.line, size: openSize, ...cut(open.map(({ text }) => text).join('\n')) })
      }
      open = []
      openSize = 0
    }
    yield rows
  }
  for (; open.length > 0; open = open.slice(1)) {
    const [first] = open
    if (first === undefined) break
    yield [{ line: first.line, size: first.text.length, ...(hasOpenQuote(first.text) ? { fault: neverClosed } : cut(first.text)) }]
  }
}

const tooLong = `The row is longer than ${maxLineBytes} characters.`
const neverClosed = 'A quote is opened and never closed.'

/** An odd number of quotes: within a cell each quote is written twice. */
function hasOpenQuote(text: string): boolean {
  let isOpen = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isOpen = !isOpen
  return isOpen
}

function cut(text: string): { readonly cells: readonly string[] } | { readonly fault: string } {
  const row = text.endsWith('\r') ? text.slice(0, -1) : text
  if (!row.includes('"')) return { cells: row.split(',') }
  const cells: string[] = []
  for (let at = 0; at <= row.length; ) {
    const end = row[at] === '"' ? endOfQuoted(row, at) : endOfPlain(row, at)
    const cell = row.slice(at, end)
    if (end < row.length && row[end] !== ',') return { fault: 'Something follows a closing quote; a quote within a quoted cell is written twice.' }
    if (cell.startsWith('"')) cells.push(cell.slice(1, -1).replaceAll('""', '"'))
    else if (cell.includes('"')) return { fault: 'A quote stands within a cell; quote the whole cell and write the quote twice.' }
    else cells.push(cell)
    at = end + 1
  }
  return { cells }
}

function endOfPlain(row: string, start: number): number {
  const comma = row.indexOf(',', start)
  return comma < 0 ? row.length : comma
}

/** Right after the closing quote. There is one: the quotes of a row are even. */
function endOfQuoted(row: string, start: number): number {
  let at = row.indexOf('"', start + 1)
  while (row[at + 1] === '"') at = row.indexOf('"', at + 2)
  return at + 1
}
