import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Unavailable } from '@strata/domain/shared'
import { serviceAt, type Service } from '../onward/service.ts'
import type { ImportCall, Importer } from './import-call.ts'

/** Tells the operator what the caller is not told. */
export type ReportFault = (fault: unknown) => void

const apology = 'The part of this archive that takes imports is not available right now; send the import again to go on.'

/** Hands an import on to the service that runs the records subgraph; neither side is held in memory. */
export function importOverHttp(url: string, secret: string, reportFault: ReportFault): Importer {
  const service = serviceAt(url, secret)
  return async (call) => {
    const response = await send(service, call).catch((fault: unknown) => {
      if (!isGone(call)) reportFault(fault)
      throw new Unavailable(apology)
    })
    return {
      status: response.statusCode ?? 502,
      contentType: response.headers['content-type'] ?? 'application/json',
      body: throughTheEnd(response, call, reportFault),
    }
  }
}

async function send(service: Service, { convention, sourceNode, headers, body, stop }: ImportCall): Promise<IncomingMessage> {
  const query = new URLSearchParams(sourceNode === undefined ? {} : { sourceNode })
  const request = service.open({ method: 'POST', segments: ['import', convention], query, headers })
  request.setTimeout(silenceMs, () => request.destroy(new Error('the service was silent for too long')))
  // Not a pipeline: the service may answer and close before it has read everything, and the caller must get that answer.
  body.pipe(request)
  body.once('close', () => void (body.readableEnded || request.destroy()))
  request.on('error', () => body.unpipe(request))
  const [response] = (await once(request, 'response', { signal: stop })) as [IncomingMessage]
  return response
}

const silenceMs = 120_000

/** A caller can tell a finished import from a broken one by its last line, so a broken connection has one too. */
async function* throughTheEnd(response: IncomingMessage, call: ImportCall, reportFault: ReportFault): AsyncGenerator<string | Uint8Array, void> {
  const onStop = () => response.destroy(call.stop.reason)
  call.stop.addEventListener('abort', onStop)
  try {
    yield* response
  } catch (fault) {
    if (!isGone(call) && !call.stop.aborted) reportFault(fault)
    yield `\n${JSON.stringify({ error: { code: 'UNAVAILABLE', message: apology } })}\n`
  } finally {
    call.stop.removeEventListener('abort', onStop)
    response.destroy()
  }
}

function isGone({ body }: ImportCall): boolean {
  return body.destroyed && !body.readableEnded
}
