import type { IncomingMessage } from 'node:http'

/**
 * Reads and discards the rest of a body for a while. A client that is still sending when the connection is cut may otherwise see
 * only a broken connection and never the answer.
 */
export async function discardUnreadBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return
  await new Promise<void>((resolve) => {
    const patience = setTimeout(resolve, patienceMs)
    const settle = () => {
      clearTimeout(patience)
      resolve()
    }
    request.once('end', settle).once('close', settle).resume()
  })
}

const patienceMs = 10_000
