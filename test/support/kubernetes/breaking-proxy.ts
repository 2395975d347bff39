import { readFile } from 'node:fs/promises'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, request } from 'node:https'
import type { ControlPlane } from './control-plane.ts'

/** What happens to an answer on the network. */
type Mishap =
  /** The request was executed, but the answer is lost. */
  | { readonly lose: true }
  /** The connection breaks after this many bytes. */
  | { readonly cutAfter: number }
  /** The server no longer knows the position of the watch. */
  | { readonly gone: true }
  | undefined

export interface BreakingProxy extends AsyncDisposable {
  readonly server: string
  /** Called for every request, with a text like `GET /api/v1/…`, including its query. */
  mishap: (request: string) => Mishap
  /** Breaks every watch and every followed log. */
  breakAll(): void
  readonly seen: readonly string[]
}

/** A proxy between the runner and the API server, with the server's own certificate, that breaks connections on request. */
export async function startBreakingProxy({ server, certificates }: ControlPlane): Promise<BreakingProxy> {
  const [cert, key, ca] = await Promise.all(
    [certificates.server.cert, certificates.server.key, certificates.authority].map((path) => readFile(path)),
  )
  const open = new Set<IncomingMessage>()
  const seen: string[] = []
  const proxy: Pick<BreakingProxy, 'mishap'> = { mishap: () => undefined }

  const pass = (asked: IncomingMessage, answer: ServerResponse) => {
    const what = `${asked.method} ${asked.url}`
    seen.push(what)
    const mishap = proxy.mishap(what)
    if (mishap !== undefined && 'gone' in mishap) {
      const object = {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        reason: 'Expired',
        code: 410,
        message: 'too old resource version',
      }
      answer.writeHead(200, { 'content-type': 'application/json' })
      answer.end(`${JSON.stringify({ type: 'ERROR', object })}\n`)
      return
    }
    const onward = request(new URL(asked.url ?? '/', server), { method: asked.method, headers: asked.headers, ca }, (came) => {
      if (mishap !== undefined && 'lose' in mishap) {
        came.resume()
        came.on('end', () => asked.socket.destroy())
        return
      }
      if (/[?&](watch|follow)=true/.test(what)) open.add(came)
      answer.writeHead(came.statusCode ?? 502, came.headers)
      answer.flushHeaders()
      let passed = 0
      came.on('data', (chunk: Buffer) => {
        const room = mishap === undefined ? chunk.length : Math.max(0, mishap.cutAfter - passed)
        passed += chunk.length
        answer.write(chunk.subarray(0, room))
        if (room < chunk.length) setImmediate(() => asked.socket.destroy())
      })
      came.on('end', () => answer.end())
      came.on('error', () => asked.socket.destroy())
      came.on('close', () => open.delete(came))
    })
    onward.on('error', () => asked.socket.destroy())
    answer.on('close', () => onward.destroy())
    asked.pipe(onward)
  }

  const listener = createServer({ cert, key }, pass).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return Object.assign(proxy, {
    server: `https://127.0.0.1:${address.port}`,
    seen,
    breakAll() {
      for (const answer of open) answer.destroy(new Error('broken'))
    },
    async [Symbol.asyncDispose]() {
      listener.closeAllConnections()
      listener.close()
      await once(listener, 'close')
    },
  })
}
