import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { digestOf, type Digest } from '@strata/domain/shared'

/** A registry on a loopback port that gives the answers a test sets, including ones that no real registry gives. */
export interface FakeRegistry extends AsyncDisposable {
  readonly host: string
  /** The paths that were requested, except the initial `/v2/` check. */
  readonly asked: readonly string[]
  /** Serves this text under its digest, as a manifest and as a blob. */
  serve(text: string, mediaType: string): Digest
  /** Serves the text under another digest. */
  serveAs(digest: Digest, text: string, mediaType: string): void
  /** From now on, gives this answer to everything except the initial check. */
  answerAll(status: number, body: string | Buffer, mediaType?: string): void
}

interface Content {
  readonly body: string | Buffer
  readonly mediaType: string
  readonly status: number
}

export async function startFakeRegistry(): Promise<FakeRegistry> {
  const contents = new Map<string, Content>()
  const asked: string[] = []
  let forAll: Content | undefined
  const server = createServer((request, answer) => {
    const path = request.url ?? ''
    if (path === '/v2/') return send(request, answer, { status: 200, body: '{}', mediaType: 'application/json' })
    asked.push(path)
    const unknown = {
      status: 404,
      body: '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}',
      mediaType: 'application/json',
    }
    return send(request, answer, forAll ?? contents.get(path.slice(path.lastIndexOf('/') + 1)) ?? unknown)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    asked,
    serve(text, mediaType) {
      const digest = digestOf(text)
      contents.set(digest, { status: 200, body: text, mediaType })
      return digest
    },
    serveAs: (digest, text, mediaType) => void contents.set(digest, { status: 200, body: text, mediaType }),
    answerAll: (status, body, mediaType = 'application/json') => void (forAll = { status, body, mediaType }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function send({ method }: IncomingMessage, answer: ServerResponse, { status, body, mediaType }: Content): void {
  answer.writeHead(status, {
    'content-type': mediaType,
    'content-length': Buffer.byteLength(body),
    'docker-distribution-api-version': 'registry/2.0',
  })
  answer.end(method === 'HEAD' ? undefined : body)
}
