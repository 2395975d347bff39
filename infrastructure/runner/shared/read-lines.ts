import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { InvalidOutput } from './invalid-output.ts'

export interface LineLimits {
  readonly maxFileBytes: number
  readonly maxLineBytes: number
  readonly maxLines: number
}

export interface Line {
  readonly number: number
  readonly text: string
  /** False for a last line that has no newline. */
  readonly ended: boolean
}

/** An open file, or whatever else gives bytes into a buffer; 0 at the end. */
export interface ChunkSource {
  read(into: Buffer, offset: number, length: number): Promise<{ readonly bytesRead: number }>
}

export interface ReadFile {
  readonly bytes: number
  readonly digest: string
}

const chunkBytes = 256 * 1024
const newline = 0x0a

/** Lines of UTF-8 one at a time, holding no more than one; returns what was read in all. Every bound is kept while reading. */
export async function* readLines(source: ChunkSource, file: string, limits: LineLimits): AsyncGenerator<Line, ReadFile> {
  const hash = createHash('sha256')
  const chunk = Buffer.allocUnsafe(chunkBytes)
  let number = 0
  let bytes = 0
  let pending: Buffer[] = []
  let pendingBytes = 0

  const take = (part: Buffer) => {
    number += 1
    if (number > limits.maxLines) throw new InvalidOutput(file, number, `there are more than ${limits.maxLines} lines`)
    const whole = pending.length === 0 ? part : Buffer.concat([...pending, part])
    pending = []
    pendingBytes = 0
    if (!isUtf8(whole)) throw new InvalidOutput(file, number, 'it is not UTF-8')
    return whole.toString('utf8')
  }

  for (;;) {
    const { bytesRead } = await source.read(chunk, 0, chunkBytes)
    if (bytesRead === 0) break
    const read = chunk.subarray(0, bytesRead)
    hash.update(read)
    bytes += bytesRead
    if (bytes > limits.maxFileBytes) throw new InvalidOutput(file, undefined, `it has more than ${limits.maxFileBytes} bytes`)
    let from = 0
    for (let to = read.indexOf(newline); to !== -1; to = read.indexOf(newline, from)) {
      if (pendingBytes + to - from > limits.maxLineBytes) throw tooLong(file, number + 1, limits)
      yield { number: number + 1, text: take(read.subarray(from, to)), ended: true }
      from = to + 1
    }
    if (from < bytesRead) {
      pendingBytes += bytesRead - from
      if (pendingBytes > limits.maxLineBytes) throw tooLong(file, number + 1, limits)
      // A copy: the chunk is filled again.
      pending.push(Buffer.from(read.subarray(from)))
    }
  }
  if (pendingBytes > 0) yield* last()
  return { bytes, digest: `sha256:${hash.digest('hex')}` }

  function* last(): Generator<Line> {
    const half = Buffer.concat(pending)
    pending = []
    // A kill may cut in the middle of a character; only what is used must be whole.
    const text = isUtf8(half) ? half.toString('utf8') : undefined
    yield { number: number + 1, text: text ?? '\ufffd', ended: false }
  }
}

function tooLong(file: string, line: number, { maxLineBytes }: LineLimits): InvalidOutput {
  return new InvalidOutput(file, line, `it is longer than ${maxLineBytes} bytes`)
}
