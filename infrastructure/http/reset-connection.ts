import type { Socket } from 'node:net'

/** Resets a connection at once. A plain close would leave unsent bytes, and so the connection, in the kernel for minutes. */
export function resetConnection(socket: Socket): void {
  socket.resetAndDestroy()
  // While bytes are unsent, Node may delay the reset until they are sent. A client that does not read would prevent it for ever.
  if (!socket.destroyed && socket.writableLength > 0) socket.destroy()
}
