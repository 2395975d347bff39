import type { KubeConfig } from '@kubernetes/client-node'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps, type RequestOptions } from 'node:https'
import { boundedText } from '../../shared/bounded-text.ts'
import { faultOfAnswer, faultOfConnection } from './fault.ts'

/** A peer that went without a word is noticed by this. */
const keepAliveMs = 15_000
/** The limit on the text of a refusal. */
const maxFaultBytes = 64 * 1024

export interface StreamRequest {
  readonly url: string
  readonly query: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/**
 * An answer that goes on: a watch, a log. The library has functions for both; a log that breaks in the middle ends the
 * process there, and a watch cannot be given up before it was answered.
 */
export async function openStream(config: KubeConfig, { url, query, signal }: StreamRequest): Promise<IncomingMessage> {
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  const options: RequestOptions = {}
  await config.applyToHTTPSOptions(options).catch((error: unknown) => {
    throw faultOfConnection(error)
  })
  const answer = await answered(target, { ...options, signal })
  answer.socket.setKeepAlive(true, keepAliveMs)
  if (answer.statusCode === 200) return answer
  const said = await boundedText(answer, maxFaultBytes).catch(() => undefined)
  throw faultOfAnswer(answer.statusCode ?? 0, said?.text ?? '')
}

function answered(target: URL, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = target.protocol === 'https:' ? requestHttps(target, options) : requestHttp(target, options)
    asked.on('response', resolve)
    asked.on('error', (error) => reject(faultOfConnection(error)))
    asked.end()
  })
}
