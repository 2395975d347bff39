import type { Socket } from 'node:net'
import { resetConnection } from './reset-connection.ts'

/**
 * Sends a last answer and then releases the connection, whatever the client does. A client that is still sending gets a moment to read the
 * answer, because closing at once would reset the connection and lose the answer. Then the connection is reset, so neither this process nor
 * the kernel waits for a client that never closes its side.
 */
export function endAndDestroy(socket: Socket, answer: string): void {
  const deadline = setTimeout(() => resetConnection(socket), lingerMs)
  socket.once('close', () => clearTimeout(deadline)).once('end', () => socket.destroySoon())
  socket.end(answer)
}

const lingerMs = 1_000
