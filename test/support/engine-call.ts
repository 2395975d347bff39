import { createReadStream } from 'node:fs'
import { request } from 'node:http'
import { pipeline } from 'node:stream/promises'

export interface EngineCall {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PUT'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** A tar archive to send instead of a body. */
  readonly file?: string
}

/** Calls an engine's API for tests; returns the text of the answer, and throws if it is not a success. */
export function callEngine(socketPath: string, { method = 'GET', path, query = {}, body, file }: EngineCall): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      host: 'engine',
      'content-type': file === undefined ? 'application/json' : 'application/x-tar',
      // Required even for a registry without accounts.
      'x-registry-auth': Buffer.from('{}').toString('base64'),
    }
    const asked = request({ socketPath, method, path: `${path}?${new URLSearchParams(query)}`, headers, agent: false }, async (answer) => {
      let text = ''
      for await (const chunk of answer.setEncoding('utf8')) text += chunk
      if ((answer.statusCode ?? 0) < 400 && !text.includes('"errorDetail"')) resolve(text)
      else reject(new Error(`${method} ${path}: ${text}`))
    })
    asked.on('error', reject)
    if (file === undefined) asked.end(body === undefined ? undefined : JSON.stringify(body))
    else pipeline(createReadStream(file), asked).catch(reject)
  })
}
