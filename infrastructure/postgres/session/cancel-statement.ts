import { connect } from 'node:net'
import pg from 'pg'

/** What cancelling a connection's statement needs. */
export interface Cancellable {
  readonly host: string
  readonly port: number
  readonly ssl: pg.Client['ssl']
  readonly processID: number | null
  readonly secretKey: number | null
}

/**
 * Asks the server, over a separate connection, to cancel the statement that this connection is running. Resolves after the server has
 * signalled the backend, so the cancellation cannot hit the next statement. If the server does not answer, the statement ends at its time
 * limit.
 */
export async function cancelStatement(of: Cancellable): Promise<void> {
  if (of.processID === null || of.secretKey === null) return
  const request = cancelRequest(of.processID, of.secretKey)
  await (of.ssl ? sendEncrypted(of, request) : send(of, request))
}

const patienceMs = 2_000
const cancelRequestCode = 80_877_102

function cancelRequest(processID: number, secretKey: number): Buffer {
  const request = Buffer.alloc(16)
  request.writeInt32BE(16, 0)
  request.writeInt32BE(cancelRequestCode, 4)
  request.writeInt32BE(processID, 8)
  request.writeInt32BE(secretKey, 12)
  return request
}

function send({ host, port }: Cancellable, request: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    socket.setTimeout(patienceMs, () => socket.destroy())
    socket.on('connect', () => socket.write(request))
    // The server sends no answer. It closes the connection once it has signalled the other one.
    socket
      .resume()
      .on('error', () => socket.destroy())
      .on('close', () => resolve())
  })
}

/** The driver negotiates TLS; the cancel request itself is the same. */
function sendEncrypted({ host, port, ssl }: Cancellable, request: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const connection: pg.Connection & { connect?(port: number, host: string): void } = new pg.Connection({ ssl })
    const timer = setTimeout(() => connection.stream.destroy(), patienceMs)
    connection.on('sslconnect', () => connection.stream.write(request))
    connection.on('error', () => connection.stream.destroy())
    connection.once('end', () => {
      clearTimeout(timer)
      resolve()
    })
    connection.connect?.(port, host)
  })
}
