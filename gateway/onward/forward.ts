import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { Unavailable } from '@strata/domain/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { segmentsOf } from './onward-address.ts'
import { serviceAt } from './service.ts'

/** Sealing a large upload takes time. A service that sends nothing for longer counts as gone. */
const longestSilenceMs = 15 * 60_000

const patienceMs = 5_000

/**
 * Streams a request to a service and its answer back, with backpressure in both directions. Builds the address from the route and its
 * parameters, not from the address that the client sent.
 */
export function forwardTo({ url, secret, apology, isAnsweredMeanwhile }: ForwardOptions): Forward {
  const service = serviceAt(url, secret)
  const stopping = new AbortController()

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { routeOptions, params, method } = request
    const segments = segmentsOf(routeOptions.url ?? '', parametersOf(params))
    const onward = service.open({ method, segments, query: queryOf(request), headers: requestHeaders(request) })
    onward.setTimeout(longestSilenceMs, () => onward.destroy(new Error('the service sent nothing for too long')))
    // When the client disconnects, in the middle of a body or of an answer, the request to the service is aborted.
    // A service that answered before the end of the body would otherwise wait for the rest of it.
    reply.raw.once('close', () => void ((reply.raw.writableFinished && onward.writableFinished) || onward.destroy()))
    reply.raw.once('finish', () => endEarly(request, onward))
    const answer = await send(request, onward, { apology, isAnsweredMeanwhile, stopping: stopping.signal })
    reply.code(answer.statusCode ?? 502).headers(answerHeaders(answer.headers))
    if (isFollowed(answer)) return reply.send(Readable.from(followed(answer, stopping.signal)))
    if (!isAnsweredMeanwhile || !isAccepted(answer)) return reply.send(answer)
    const report = (err: unknown) => request.log.error({ err, requestId: request.id }, 'a service ended its answer early')
    return reply.send(
      Readable.from(withLastLine(answer, { apology, report, stopping: stopping.signal, caller: request.raw }), { highWaterMark: 1 }),
    )
  }
  return { handle, stop: () => stopping.abort(), close: () => service.close() }
}

export interface ForwardOptions {
  readonly url: string
  readonly secret: string
  /** The message when the service does not answer. */
  readonly apology: string
  /** Whether the answer may begin while the body is being sent. Otherwise, an early answer is a refusal, and the rest of the body is dropped. */
  readonly isAnsweredMeanwhile: boolean
}

export interface Forward {
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>
  /** Ends streams without a natural end: uploads that are not answered yet, and events. */
  stop(): void
  /** Closes idle connections. */
  close(): void
}

/** After an early answer, gives the client a moment to read it, and then stops waiting for the rest of the body. */
function endEarly({ raw }: FastifyRequest, onward: ClientRequest): void {
  if (!onward.writableEnded) onward.destroy()
  if (raw.complete) return
  raw.resume()
  const deadline = setTimeout(() => void (raw.complete || raw.socket.destroy()), patienceMs)
  raw.once('end', () => clearTimeout(deadline)).once('close', () => clearTimeout(deadline))
}

/** Whether the answer is a stream of events, which has no natural end. */
function isFollowed({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true
}

/** Forwards events until this gateway stops, and then sends a last one. The client knows the id to resume from. */
async function* followed(answer: IncomingMessage, stopping: AbortSignal): AsyncGenerator<Uint8Array | string, void> {
  const stop = () => answer.destroy()
  stopping.addEventListener('abort', stop, { once: true })
  let end = ''
  try {
    for await (const piece of answer as AsyncIterable<Uint8Array>) {
      yield piece
      end = Buffer.concat([Buffer.from(end), piece])
        .subarray(-2)
        .toString('latin1')
    }
  } catch (fault) {
    if (!stopping.aborted) throw fault
  } finally {
    stopping.removeEventListener('abort', stop)
    answer.destroy()
  }
  // The client drops an incomplete event, which the last event must not complete.
  if (stopping.aborted && end === '\n\n') yield `event: interrupted\ndata: ${interruption}\n\n`
}

const interruption = 'This service is stopping. Connect again with the last id as Last-Event-ID to continue.'

function isAccepted({ statusCode = 502 }: IncomingMessage): boolean {
  return statusCode < 400
}

interface Breaking {
  readonly apology: string
  readonly report: (fault: unknown) => void
  readonly stopping: AbortSignal
  readonly caller: IncomingMessage
}

/** Clients recognize a complete answer of lines by its last line, so an interrupted answer gets one too. */
async function* withLastLine(
  answer: IncomingMessage,
  { apology, report, stopping, caller }: Breaking,
): AsyncGenerator<Uint8Array | string, void> {
  const stop = () => answer.destroy(new Unavailable(apology))
  stopping.addEventListener('abort', stop, { once: true })
  try {
    yield* answer as AsyncIterable<Uint8Array>
  } catch (fault) {
    const hasLeft = caller.destroyed && !caller.readableEnded
    if (!hasLeft && !stopping.aborted) report(fault)
    yield `\n${JSON.stringify({ error: { code: 'UNAVAILABLE', message: apology } })}\n`
  } finally {
    stopping.removeEventListener('abort', stop)
    answer.destroy()
  }
}

interface Sending {
  readonly apology: string
  readonly isAnsweredMeanwhile: boolean
  readonly stopping: AbortSignal
}

function send(
  { raw, log, id }: FastifyRequest,
  onward: ClientRequest,
  { apology, isAnsweredMeanwhile, stopping }: Sending,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      raw.unpipe(onward)
      reject(new Unavailable('The archive is stopping; send this again in a moment. A resumable upload can continue from its offset.'))
      onward.destroy()
    }
    stopping.addEventListener('abort', stop, { once: true })
    onward.once('close', () => stopping.removeEventListener('abort', stop))
    onward.once('response', (answer) => {
      resolve(answer)
      if (isAnsweredMeanwhile && isAccepted(answer)) return
      // An answer before the end of the body is a refusal, so the rest of the body is dropped.
      raw.unpipe(onward)
      raw.resume()
    })
    onward.on('error', (err) => {
      if ((!raw.destroyed || raw.complete) && !stopping.aborted) log.error({ err, requestId: id }, 'a service did not answer')
      reject(new Unavailable(apology))
    })
    raw.once('error', () => onward.destroy())
    raw.pipe(onward)
  })
}

/** Headers of one connection, which are not forwarded. */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** The front door has replaced the client's `x-strata-…` headers with its own, including the archive's public address. */
function requestHeaders({ headers, id, ip }: FastifyRequest): Record<string, string | string[] | undefined> {
  const passed = endToEnd(headers).filter(([name]) => name !== 'host' && (name === 'x-strata-origin' || !name.startsWith('x-strata-')))
  return { ...Object.fromEntries(passed), 'x-request-id': id, 'x-strata-address': ip }
}

/** Serializes the query again, so that the service reads exactly what the gateway read. */
function queryOf({ raw: { url = '' } }: FastifyRequest): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
}

function parametersOf(params: unknown): Readonly<Record<string, unknown>> {
  return typeof params === 'object' && params !== null ? { ...params } : {}
}

function answerHeaders(headers: IncomingHttpHeaders): Record<string, string | string[] | undefined> {
  return Object.fromEntries(endToEnd(headers).filter(([name]) => name !== 'x-request-id'))
}

function endToEnd(headers: IncomingHttpHeaders): [string, string | string[] | undefined][] {
  const named = new Set(
    (headers.connection ?? '')
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  )
  return Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name))
}
