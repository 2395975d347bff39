import type { Socket } from 'node:net'
import { endAndDestroy } from './end-and-destroy.ts'
import { errorBody, type ErrorCode } from './error-body.ts'
import { safeHeaders } from './safe-headers.ts'

/** Answers bytes that are not a request (not HTTP, or headers too long or too slow), then closes the connection. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, code, message, headers = {} } = faults[error.code ?? ''] ?? notHttp
  const body = errorBody({ code, message })
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    ...Object.entries({ ...safeHeaders, ...headers }).map(([name, value]) => `${name}: ${value}`),
  ]
  endAndDestroy(socket, `${head.join('\r\n')}\r\n\r\n${body}`)
}

interface Fault {
  readonly status: string
  readonly code: ErrorCode
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

const notHttp: Fault = { status: '400 Bad Request', code: 'BAD_USER_INPUT', message: 'This is not a valid HTTP request.' }

const faults: Readonly<Record<string, Fault>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'PAYLOAD_TOO_LARGE',
    message: 'The request headers are too long.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    code: 'BAD_USER_INPUT',
    message: 'The request took too long to arrive; send it again.',
  },
  TOO_MANY_CONNECTIONS: {
    status: '429 Too Many Requests',
    code: 'RATE_LIMITED',
    message: 'This address has too many connections open; close some, or send several requests over one.',
    headers: { 'retry-after': '5' },
  },
}
