import type { Socket } from 'node:net'

/** Resets a connection at once. A mere close would leave unsent bytes, and with them the connection, to the kernel for minutes. */
export function cutOff(socket: Socket): void {
  socket.resetAndDestroy()
  // With bytes still waiting it may hold back until they are sent, which a client that does not read prevents for ever.
  if (!socket.destroyed && socket.writableLength > 0) socket.destroy()
}
