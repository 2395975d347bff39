/** How far a row was read: the cells that ended, and whether a quoted one is open at the end of the line. */
export interface RowState {
  readonly cells: number
  readonly isOpen: boolean
}

export const malformedCell = { fault: 'Something follows a closing quote; a quote within a quoted cell is written twice.' }

/** Reads a row, or goes on with one, without keeping its text. A quote within an unquoted cell is part of its value. */
export function scanLine(text: string, before: RowState = { cells: 0, isOpen: false }): RowState | typeof malformedCell {
  let { cells, isOpen } = before
  for (let at = 0; ;) {
    if (!isOpen && text[at] !== '"') {
      const comma = text.indexOf(',', at)
      cells += 1
      if (comma < 0) return { cells, isOpen: false }
      at = comma + 1
      continue
    }
    const end = closingQuote(text, isOpen ? at : at + 1)
    if (end < 0) return { cells, isOpen: true }
    cells += 1
    isOpen = false
    if (isLineEnd(text, end + 1)) return { cells, isOpen }
    if (text[end + 1] !== ',') return malformedCell
    at = end + 2
  }
}

/** The cells of a whole row, which `scanLine` has found well formed. */
export function cellsOf(text: string): readonly string[] {
  const row = text.endsWith('\r') ? text.slice(0, -1) : text
  if (!row.includes('"')) return row.split(',')
  const cells: string[] = []
  for (let at = 0; at <= row.length;) {
    const isQuoted = row[at] === '"'
    const comma = row.indexOf(',', isQuoted ? closingQuote(row, at + 1) : at)
    const end = comma < 0 ? row.length : comma
    cells.push(isQuoted ? row.slice(at + 1, end - 1).replaceAll('""', '"') : row.slice(at, end))
    at = end + 1
  }
  return cells
}

/** The next quote that is not one of two, or -1. */
function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

/** Lines were cut at LF, so CR LF leaves a CR. */
function isLineEnd(text: string, at: number): boolean {
  return at === text.length || (at === text.length - 1 && text[at] === '\r')
}
