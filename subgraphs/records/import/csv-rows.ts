import { maxLineBytes, type TextLine } from './byte-lines.ts'
import { cellsOf, scanLine, type RowState } from './csv-row.ts'
import { OpenLines } from './open-lines.ts'

/** A row of RFC 4180 with the line it begins on, or why that line is none. */
export type CsvRow = { readonly line: number; readonly size: number } & RowEnd
type RowEnd = { readonly cells: readonly string[] } | { readonly fault: string }

/** With `maxLineBytes`, this bounds what is kept in memory while a quote is open. */
export const maxRowLines = 100_000

/**
 * Reads rows so that each line is part of exactly one answer. A row continues on the next line while a quote is open. When
 * that quote does not close as RFC 4180 wants it, or the row that it makes has more or fewer cells than the header, only
 * the line it opens on is invalid, and reading resumes on the line after it. Libraries lose their place there.
 */
export async function* csvRows(batches: AsyncIterable<readonly TextLine[]>): AsyncGenerator<readonly CsvRow[], void> {
  const reader = new RowReader()
  for await (const lines of batches) {
    for (const line of lines) reader.lines.push(line)
    yield* reader.rows(false)
  }
  yield* reader.rows(true)
}

const rowsAtOnce = 1_000

class RowReader {
  readonly lines = new OpenLines()
  /** The row that waits for its closing quote, and how many lines of it were read. */
  #open: { readonly state: RowState; readonly lines: number } | undefined
  /** How many cells the header has. The header is the first row. */
  #width: number | undefined;

  /** The rows that the lines make up. An open row waits for more lines unless these were the last. */
  *rows(isEnd: boolean): Generator<readonly CsvRow[], void> {
    let rows: CsvRow[] = []
    for (let next = this.#next(isEnd); next !== 'more lines needed'; next = this.#next(isEnd)) {
      if (next === 'blank') continue
      rows.push(next)
      if (rows.length < rowsAtOnce && this.#width !== undefined) continue
      if ('cells' in next) this.#width ??= next.cells.length
      yield rows
      rows = []
    }
    if (rows.length > 0) yield rows
  }

  #next(isEnd: boolean): CsvRow | 'blank' | 'more lines needed' {
    const first = this.lines.first()
    if (first === undefined) return 'more lines needed'
    if (this.#open !== undefined) return this.#goOn(first, isEnd)
    if (first.fault !== undefined) return this.#take(1, { fault: first.fault })
    if (first.text.trim() === '') {
      this.lines.drop(1)
      return 'blank'
    }
    const state = scanLine(first.text)
    if ('fault' in state) return this.#take(1, state)
    if (!state.isOpen) return this.#take(1, { cells: cellsOf(first.text) })
    this.#open = { state, lines: 1 }
    return this.#goOn(first, isEnd)
  }

  /**
   * Looks for the end of the open row. Only lines that can close a quote are read, and each of them ends a cell. So a
   * line is read again at most as often as the header has cells, whatever was sent.
   */
  #goOn(first: TextLine, isEnd: boolean): CsvRow | 'more lines needed' {
    const { lines } = this
    for (let open = this.#open; open !== undefined; open = this.#open) {
      const at = lines.nextWithQuote(open.lines)
      const count = at === undefined ? lines.count : at + 1
      if (count > maxRowLines || lines.sizeOf(count) > maxLineBytes) return this.#take(1, tooLong)
      const line = at === undefined ? undefined : lines.at(at)
      if (line === undefined) break
      if (line.fault !== undefined) return this.#take(1, neverClosed)
      const state = scanLine(line.text, open.state)
      if ('fault' in state || this.#isMisfit(state)) return this.#take(1, misfit(line))
      if (!state.isOpen) return this.#take(count, { cells: cellsOf([first.text, ...lines.texts(1, count)].join('\n')) })
      this.#open = { state, lines: count }
    }
    return isEnd ? this.#take(1, neverClosed) : 'more lines needed'
  }

  #isMisfit({ cells, isOpen }: RowState): boolean {
    return this.#width !== undefined && (isOpen ? cells >= this.#width : cells !== this.#width)
  }

  #take(count: number, end: RowEnd): CsvRow {
    const row = { line: this.lines.first()?.line ?? 0, size: this.lines.sizeOf(count), ...end }
    this.lines.drop(count)
    this.#open = undefined
    return row
  }
}

const neverClosed = { fault: 'A quote is opened and never closed.' }
const tooLong = { fault: `A quote is opened and not closed within ${maxLineBytes} characters and ${maxRowLines} lines.` }
const misfit = ({ line }: TextLine) => ({
  fault: `A quote opens a cell on this line, and the row that the quote on line ${line} makes of it does not fit the header. Close the quote, or write it twice in a quoted cell.`,
})
