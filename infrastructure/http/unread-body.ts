import type { IncomingMessage } from 'node:http'

/**
 * Reads on and forgets, for a while. A client that is still sending when it is answered and cut off may never see the
 * answer, only a broken connection.
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
