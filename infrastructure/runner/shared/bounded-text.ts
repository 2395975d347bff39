import type { IncomingMessage } from 'node:http'

/**
 * Reads the text of an answer up to a limit, then closes the connection. Engines and clusters pass on what registries answer, so an answer
 * can have any length.
 */
export async function boundedText(
  answer: IncomingMessage,
  maxBytes: number,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    // Leaving the loop closes the connection.
    if (bytes > maxBytes) break
  }
  return { text: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'), isWhole: bytes <= maxBytes }
}
