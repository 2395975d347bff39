import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Unavailable } from '@strata/domain/shared'
import type { ImportCall, Importer } from './import-call.ts'

/** Tells the operator what the caller is not told. */
export type ReportFault = (fault: unknown) => void

const apology = 'The part of this archive that takes imports is not available right now; send the import again to go on.'

/** Hands an import on to the service that runs the records subgraph; neither side is held in memory. */
export function importOverHttp(url: string, reportFault: ReportFault): Importer {
  return async (call) => {
    const response = await send(addressOf(url, call), call).catch((fault: unknown) => {
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

function addressOf(url: string, { convention, sourceNode }: ImportCall): URL {
  const address = new URL(`/import/${encodeURIComponent(convention)}`, url)
  if (sourceNode !== undefined) address.searchParams.set('sourceNode', sourceNode)
  return address
}

async function send(address: URL, { headers, body, stop }: ImportCall): Promise<IncomingMessage> {
  const request = (address.protocol === 'https:' ? httpsRequest : httpRequest)(address, { method: 'POST', headers })
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
