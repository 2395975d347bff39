import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A proxy to a server that can be cut and restored: while it is cut, connections are reset and new ones refused. */
export interface Severable extends AsyncDisposable {
  /** The same address through the proxy. */
  through(url: string): string
  sever(): Promise<void>
  mend(): Promise<void>
}

export async function openSeverable(): Promise<Severable> {
  const sockets = new Set<Socket>()
  let target = { host: '127.0.0.1', port: 0 }
  let server = await serve(0)
  const { port } = server.address() as { port: number }

  async function serve(at: number): Promise<Server> {
    const listening = createServer((near) => {
      const far = connect(target.port, target.host)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one)
        one
          .on('error', () => other.destroy())
          .on('close', () => {
            sockets.delete(one)
            other.destroy()
          })
        one.pipe(other)
      }
    }).listen(at, '127.0.0.1')
    await once(listening, 'listening')
    return listening
  }

  async function sever(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.resetAndDestroy()
    await closed
  }

  return {
    through(url) {
      const address = new URL(url)
      target = { host: address.hostname, port: Number(address.port) }
      address.host = `127.0.0.1:${port}`
      return address.href
    },
    sever,
    async mend() {
      server = await serve(port)
    },
    [Symbol.asyncDispose]: sever,
  }
}
