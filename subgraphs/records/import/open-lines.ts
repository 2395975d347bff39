import type { TextLine } from './byte-lines.ts'

/**
 * The lines that no row has taken yet, first in, first out. It knows the size of any number of them, and which line is the
 * next that can close a quote, without going through the lines between.
 */
export class OpenLines {
  #lines: TextLine[] = []
  /** For each line, the size of all lines up to it. */
  #sizes: number[] = []
  /** The places of the lines that have a fault, or a quote that is not written twice. */
  #quoted: number[] = []
  #start = 0
  #quotedStart = 0

  get count(): number {
    return this.#lines.length - this.#start
  }

  push(line: TextLine): void {
    if (line.fault !== undefined || hasSingleQuote(line.text)) this.#quoted.push(this.#lines.length)
    this.#sizes.push((this.#sizes.at(-1) ?? 0) + line.text.length + 1)
    this.#lines.push(line)
  }

  first(): TextLine | undefined {
    return this.at(0)
  }

  at(index: number): TextLine | undefined {
    return this.#lines[this.#start + index]
  }

  texts(from: number, to: number): string[] {
    return this.#lines.slice(this.#start + from, this.#start + to).map(({ text }) => text)
  }

  /** How much text the first `count` lines are. */
  sizeOf(count: number): number {
    const before = this.#start === 0 ? 0 : (this.#sizes[this.#start - 1] ?? 0)
    return (this.#sizes[this.#start + count - 1] ?? 0) - before
  }

  /** The first line, at `from` or later, that can end or break a quoted cell. */
  nextWithQuote(from: number): number | undefined {
    const at = this.#start + from
    let low = this.#quotedStart
    let high = this.#quoted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#quoted[middle] ?? 0) < at) low = middle + 1
      else high = middle
    }
    const found = this.#quoted[low]
    return found === undefined ? undefined : found - this.#start
  }

  drop(count: number): void {
    this.#start += count
    while ((this.#quoted[this.#quotedStart] ?? Infinity) < this.#start) this.#quotedStart += 1
    // Moving what is left costs as much as what was dropped, so each line is moved about once.
    if (this.#start < this.#lines.length / 2) return
    const before = this.#sizes[this.#start - 1] ?? 0
    this.#lines = this.#lines.slice(this.#start)
    this.#sizes = this.#sizes.slice(this.#start).map((size) => size - before)
    this.#quoted = this.#quoted.slice(this.#quotedStart).map((at) => at - this.#start)
    this.#start = 0
    this.#quotedStart = 0
  }
}

/** Whether a run of quotes is odd: within a quoted cell, such a run closes it. */
function hasSingleQuote(text: string): boolean {
  for (let at = text.indexOf('"'); at >= 0;) {
    let end = at + 1
    while (text[end] === '"') end += 1
    if ((end - at) % 2 === 1) return true
    at = text.indexOf('"', end)
  }
  return false
}
