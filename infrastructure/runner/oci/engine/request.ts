import { request as httpRequest, type IncomingMessage } from 'node:http'
import { boundedText } from '../../shared/bounded-text.ts'
import { EngineFault } from './fault.ts'

export interface EngineRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  /** How long the engine may take to answer; 0 waits for as long as it takes. */
  readonly answerWithinMs?: number
}

/** The limit for a refusal, which may repeat a registry's answer. */
const maxFaultBytes = 64 * 1024
/** The limit for an engine's answer, like an image's configuration, which the image's author writes. */
const maxAnswerBytes = 16 * 2 ** 20

/**
 * Asks the engine and gives its answer once it has begun; what is not a success is thrown as an `EngineFault`.
 * No version in the path: newer engines refuse old versions, and every engine speaks its own newest without one.
 */
export async function ask(socketPath: string, asked: EngineRequest): Promise<IncomingMessage> {
  const answer = await send(socketPath, asked)
  const status = answer.statusCode ?? 0
  if (status >= 200 && status < 400) return answer
  throw new EngineFault({ status, message: messageOf((await textOf(answer, maxFaultBytes)).text) })
}

export async function askJson(socketPath: string, asked: EngineRequest): Promise<unknown> {
  const { text, isWhole } = await textOf(await ask(socketPath, asked), maxAnswerBytes)
  if (!isWhole) throw new EngineFault({ status: 500, message: `the answer to ${asked.path} has more than ${maxAnswerBytes} bytes` })
  return text === '' ? undefined : JSON.parse(text)
}

function send(socketPath: string, { method = 'GET', path, query = {}, body, signal, answerWithinMs = 60_000 }: EngineRequest) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const content = body === undefined ? '' : JSON.stringify(body)
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content), host: 'engine' }
    const search = new URLSearchParams(query).toString()
    // A connection of its own: some requests last as long as the program, and one that is abandoned must really be closed.
    const request = httpRequest({
      socketPath,
      method,
      path: `${path}${search && `?${search}`}`,
      headers,
      agent: false,
      ...(signal && { signal }),
    })
    const late = answerWithinMs === 0 ? undefined : setTimeout(() => request.destroy(new Error('it did not answer')), answerWithinMs)
    request.on('response', (answer) => {
      clearTimeout(late)
      resolve(answer)
    })
    request.on('error', (error) => {
      clearTimeout(late)
      reject(new EngineFault({ message: error.message, code: 'code' in error ? String(error.code) : undefined }))
    })
    request.end(content)
  })
}

async function textOf(answer: IncomingMessage, maxBytes: number): Promise<Awaited<ReturnType<typeof boundedText>>> {
  try {
    return await boundedText(answer, maxBytes)
  } catch (error) {
    throw new EngineFault({ message: error instanceof Error ? error.message : String(error), code: 'ECONNRESET' })
  }
}

function messageOf(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && 'message' in parsed) return String(parsed.message)
  } catch {
    // Not every engine answers every fault in JSON; then the text itself is the message.
  }
  return text.trim()
}
