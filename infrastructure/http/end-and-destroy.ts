import type { Socket } from 'node:net'
import { cutOff } from './cut-off.ts'

/**
 * Sends a last answer and lets go of the connection, whatever the client does. A client that is still sending has a moment
 * to read the answer: closing at once would reset the connection and lose it. Then the connection is reset, so that neither this
 * process nor the kernel waits for a client that never closes its side.
 */
export function endAndDestroy(socket: Socket, answer: string): void {
  const deadline = setTimeout(() => cutOff(socket), lingerMs)
  socket.once('close', () => clearTimeout(deadline)).once('end', () => socket.destroySoon())
  socket.end(answer)
}

const lingerMs = 1_000
