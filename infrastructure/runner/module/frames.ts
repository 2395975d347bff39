import { Duplex } from 'node:stream'

/** The worker's end of the socket to a program's process; host/channel.ts is the other end. Treat everything that arrives as hostile. */
export interface Frame {
  readonly kind: number
  readonly body: Buffer
}

export interface Frames {
  /** Undefined when the other end has closed. */
  next(): Promise<Frame | undefined>
  /** Resolves when there is room for more, or when the reader is gone. */
  send(kind: number, ...parts: readonly Uint8Array[]): Promise<void>
}

const headBytes = 5

/** The process sent a message that the host never sends. */
export class ProtocolBroken extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'ProtocolBroken'
  }
}

export function framesOf(socket: Duplex, maxBytes: number): Frames {
  // A process that ends resets its socket. The end of the process is observed separately.
  socket.on('error', () => undefined)
  const chunks = chunksOf(socket)
  let pending: Buffer[] = []
  let have = 0

  async function take(length: number): Promise<Buffer | undefined> {
    while (have < length) {
      const { value, done } = await chunks.next()
      if (done === true || value === undefined) return undefined
      pending.push(value)
      have += value.length
    }
    const [first = Buffer.alloc(0)] = pending
    const all = pending.length === 1 ? first : Buffer.concat(pending)
    pending = all.length > length ? [all.subarray(length)] : []
    have = all.length - length
    return all.subarray(0, length)
  }

  return {
    async next() {
      const head = await take(headBytes)
      if (head === undefined) return undefined
      const length = head.readUInt32BE(0)
      const kind = head.readUInt8(4)
      if (length > maxBytes) throw new ProtocolBroken(`it sent a message of ${length} bytes`)
      const body = await take(length)
      return body === undefined ? undefined : { kind, body }
    },
    async send(kind, ...parts) {
      if (socket.destroyed || socket.writableEnded) return
      const head = Buffer.alloc(headBytes)
      head.writeUInt32BE(parts.reduce((sum, { length }) => sum + length, 0))
      head.writeUInt8(kind, 4)
      // Sends in one system call, without copying a body that may be part of a large file.
      socket.cork()
      socket.write(head)
      for (const part of parts) socket.write(part)
      socket.uncork()
      if (socket.writableNeedDrain) await roomIn(socket)
    },
  }
}

/** Do not use the stream's own iterator: it throws when a process ends with unread data. */
async function* chunksOf(socket: Duplex): AsyncGenerator<Buffer> {
  for (;;) {
    const chunk: unknown = socket.read()
    if (Buffer.isBuffer(chunk)) yield chunk
    else if (socket.readableEnded || socket.destroyed) return
    else await eventOf(socket, ['readable', 'end', 'close'])
  }
}

async function roomIn(socket: Duplex): Promise<void> {
  if (!socket.destroyed) await eventOf(socket, ['drain', 'close'])
}

function eventOf(socket: Duplex, names: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      for (const name of names) socket.off(name, heard)
      resolve()
    }
    for (const name of names) socket.on(name, heard)
  })
}
