import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { Unavailable } from '@strata/domain/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { segmentsOf } from './onward-address.ts'
import { serviceAt } from './service.ts'

/** Sealing a large upload takes its time; a service that says nothing for longer is gone. */
const longestSilenceMs = 15 * 60_000

const patienceMs = 5_000

/**
 * Streams a request to a service and its answer back; neither side sends faster than the other reads. The address is built from the route
 * and its parameters. The address that the client wrote is not used.
 */
export function forwardTo({ url, secret, apology, isAnsweredMeanwhile }: ForwardOptions): Forward {
  const service = serviceAt(url, secret)
  const stopping = new AbortController()

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { routeOptions, params, method } = request
    const segments = segmentsOf(routeOptions.url ?? '', parametersOf(params))
    const onward = service.open({ method, segments, query: queryOf(request), headers: requestHeaders(request) })
    onward.setTimeout(longestSilenceMs, () => onward.destroy(new Error('the service fell silent')))
    // When the client disconnects, in the middle of a body or of an answer, the request to the service is aborted.
    // A service that answered in the middle of a body waits for the rest of it otherwise.
    reply.raw.once('close', () => void ((reply.raw.writableFinished && onward.writableFinished) || onward.destroy()))
    reply.raw.once('finish', () => endEarly(request, onward))
    const answer = await send(request, onward, { apology, isAnsweredMeanwhile, stopping: stopping.signal })
    reply.code(answer.statusCode ?? 502).headers(answerHeaders(answer.headers))
    if (isFollowed(answer)) return reply.send(Readable.from(followed(answer, stopping.signal)))
    if (!isAnsweredMeanwhile || !isAccepted(answer)) return reply.send(answer)
    const report = (err: unknown) => request.log.error({ err, requestId: request.id }, 'a service broke off its answer')
    return reply.send(
      Readable.from(withLastLine(answer, { apology, report, stopping: stopping.signal, caller: request.raw }), { highWaterMark: 1 }),
    )
  }
  return { handle, stop: () => stopping.abort(), close: () => service.close() }
}

export interface ForwardOptions {
  readonly url: string
  readonly secret: string
  /** What callers are told when the service does not answer. */
  readonly apology: string
  /** Whether an answer comes while the body is still being sent. Otherwise such an answer is a refusal, and the rest of the body goes nowhere. */
  readonly isAnsweredMeanwhile: boolean
}

export interface Forward {
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>
  /** Ends what would go on for as long as a client likes: uploads that are not answered yet, and events. */
  stop(): void
  /** Lets go of the connections that are kept for the next request. */
  close(): void
}

/** Who is answered in the middle of a body has a moment to hear it; then the rest is not waited for. */
function endEarly({ raw }: FastifyRequest, onward: ClientRequest): void {
  if (!onward.writableEnded) onward.destroy()
  if (raw.complete) return
  raw.resume()
  const deadline = setTimeout(() => void (raw.complete || raw.socket.destroy()), patienceMs)
  raw.once('end', () => clearTimeout(deadline)).once('close', () => clearTimeout(deadline))
}

/** Events have no end of their own. */
function isFollowed({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true
}

/** The events of a service until this gateway stops, and then a last one; a client knows the id from which it goes on. */
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
  // An event that was cut off is dropped by the client, and must not be completed by this one.
  if (stopping.aborted && end === '\n\n') yield `event: interrupted\ndata: ${interruption}\n\n`
}

const interruption = 'This service is stopping. Connect again with the last id as Last-Event-ID to go on.'

function isAccepted({ statusCode = 502 }: IncomingMessage): boolean {
  return statusCode < 400
}

interface Breaking {
  readonly apology: string
  readonly report: (fault: unknown) => void
  readonly stopping: AbortSignal
  readonly caller: IncomingMessage
}

/** A caller tells a finished answer of lines from a broken one by its last line, so a broken one has one too. */
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
      reject(new Unavailable('The archive is stopping; send this again in a moment. A resumable upload goes on from its offset.'))
      onward.destroy()
    }
    stopping.addEventListener('abort', stop, { once: true })
    onward.once('close', () => stopping.removeEventListener('abort', stop))
    onward.once('response', (answer) => {
      resolve(answer)
      if (isAnsweredMeanwhile && isAccepted(answer)) return
      // An answer in the middle of the body is a refusal: the rest of it goes nowhere.
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

/** They concern one connection and not the message. */
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

/** The front door dropped the client's `x-strata-…` headers and set its own, with the public address of this archive. */
function requestHeaders({ headers, id, ip }: FastifyRequest): Record<string, string | string[] | undefined> {
  const passed = endToEnd(headers).filter(([name]) => name !== 'host' && (name === 'x-strata-origin' || !name.startsWith('x-strata-')))
  return { ...Object.fromEntries(passed), 'x-request-id': id, 'x-strata-address': ip }
}

/** Serialize it again, so that the service reads exactly what the gateway read. */
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
