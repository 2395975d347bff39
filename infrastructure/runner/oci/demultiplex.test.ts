import { expect, test } from 'vitest'
import { demultiplex } from './demultiplex.ts'

const printed: readonly (readonly [stream: number, text: string])[] = [
  [1, 'one'],
  [2, ''],
  [2, 'x'.repeat(300)],
  [1, '\0\0\0\0'],
  [1, 'last'],
]

test.each([1, 2, 3, 7, 8, 9, 11, 64, 10_000])('what was printed is the same when the connection cuts it every %i bytes', async (every) => {
  const framed = Buffer.concat(printed.flatMap(([stream, text]) => [header(stream, text.length), Buffer.from(text)]))
  const chunks: Buffer[] = []
  for (let i = 0; i < framed.length; i += every) chunks.push(framed.subarray(i, i + every))
  const read = await Array.fromAsync(demultiplex(chunksOf(chunks)))
  expect(Buffer.concat(read).toString()).toBe(printed.map(([, text]) => text).join(''))
})

async function* chunksOf(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks
}

function header(stream: number, length: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt8(stream)
  bytes.writeUInt32BE(length, 4)
  return bytes
}
