import { isUtf8 } from 'node:buffer'

export const maxLineBytes = 4_000_000

/** A line without its end, or why it has no text. */
export interface TextLine {
  readonly line: number
  readonly text: string
  readonly fault?: string
}

/** Cuts bytes into lines; never holds more than one line and what came last. A line that is too long is let go of as it comes. */
export async function* byteLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly TextLine[], void> {
  let rest: Buffer[] = []
  let restBytes = 0
  let line = 1
  for await (const piece of bytes) {
    const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    const end = chunk.lastIndexOf(0x0a)
    if (end < 0) {
      restBytes += chunk.length
      rest = restBytes > maxLineBytes ? [] : [...rest, chunk]
      continue
    }
    const tooLong = restBytes > maxLineBytes
    // Of a line too long only its end is here; its number must not be lost.
    const block = Buffer.concat([...rest, chunk.subarray(0, end)])
    const lines = cut(block, line, tooLong)
    line += lines.length
    rest = [chunk.subarray(end + 1)]
    restBytes = chunk.length - end - 1
    yield lines
  }
  if (restBytes > 0) yield cut(Buffer.concat(rest), line, restBytes > maxLineBytes)
}

function cut(block: Buffer, first: number, firstIsTooLong: boolean): TextLine[] {
  if (isUtf8(block)) {
    const texts = block.toString('utf8').split('\n')
    return texts.map((text, i) => toLine(first + i, text, (i === 0 && firstIsTooLong) || text.length > maxLineBytes))
  }
  return pieces(block).map((piece, i) => {
    const line = toLine(first + i, piece.toString('utf8'), (i === 0 && firstIsTooLong) || piece.length > maxLineBytes)
    return isUtf8(piece) ? line : { line: line.line, text: '', fault: 'The line is not UTF-8.' }
  })
}

function toLine(line: number, text: string, isTooLong: boolean): TextLine {
  if (isTooLong) return { line, text: '', fault: `The line is longer than ${maxLineBytes} bytes.` }
  return { line, text: line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text }
}

function pieces(block: Buffer): Buffer[] {
  const found: Buffer[] = []
  let start = 0
  for (let end = block.indexOf(0x0a); end >= 0; end = block.indexOf(0x0a, start)) {
    found.push(block.subarray(start, end))
    start = end + 1
  }
  return [...found, block.subarray(start)]
}
