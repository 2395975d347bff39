import { connect } from 'node:net'

export interface RawAnswer {
  /** 0 when the connection ended without an answer. */
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Sends the head of a request exactly as given, which no client library would do. */
export async function sendRaw(url: string, head: readonly string[], body = ''): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setTimeout(20_000, () => socket.destroy(new Error('no answer within 20 s')))
  socket.write(`${[...head, 'connection: close'].join('\r\n')}\r\n\r\n${body}`)
  const chunks: Buffer[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket
    .on('data', (chunk: Buffer) => void chunks.push(chunk))
    .once('end', resolve)
    .once('close', () => resolve())
  socket.once('error', (error) => (chunks.length > 0 || ('code' in error && error.code === 'ECONNRESET') ? resolve() : reject(error)))
  await promise
  socket.destroy()
  return parse(Buffer.concat(chunks).toString())
}

function parse(text: string): RawAnswer {
  const [head = '', body = ''] = split(text, '\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = new Headers(lines.map((line) => split(line, ': ') as [string, string]))
  return { status: Number(first.split(' ')[1] ?? 0), headers, body }
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at)
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + at.length)]
}
