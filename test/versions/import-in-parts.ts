import { request } from 'node:http'
import { eventually } from '../support/eventually.ts'

export interface Answered {
  readonly sourceId: string
  readonly status: string
  readonly srn: string | null
  readonly findings: readonly { readonly kind: string }[]
}

/**
 * Imports lines as a caller does that sends a part, reads its answers and sends the next, so each part is published before the next is sent.
 * After `parts` parts were answered, `interrupt` is called while the next one is under way. The answers, and whether the import ended.
 */
export async function importInParts(
  to: { readonly url: string; readonly token: string },
  lines: readonly string[],
  o: { readonly size: number; readonly interrupt?: { readonly after: number; readonly by: () => void } },
): Promise<{ answers: readonly Answered[]; done: Readonly<Record<string, unknown>> | undefined }> {
  const sending = request(new URL('/import/proteins?sourceNode=rcsb.org&on-change=revise', to.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${to.token}`, 'content-type': 'application/x-ndjson' },
  })
  const ended = Promise.withResolvers<void>()
  let text = ''
  const failures: Error[] = []
  sending.on('error', (error) => void failures.push(error))
  sending.on('response', (response) => {
    response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
    response.on('error', (error) => void failures.push(error))
    response.on('end', () => ended.resolve())
    response.on('close', () => ended.resolve())
  })
  sending.on('close', () => ended.resolve())
  const answered = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))

  for (let from = 0, part = 0; from < lines.length && failures.length === 0; from += o.size, part += 1) {
    const sent = lines.slice(from, from + o.size)
    sending.write(`${sent.join('\n')}\n`)
    if (part === o.interrupt?.after) {
      o.interrupt.by()
      break
    }
    await eventually(
      async () => {
        for (const failure of failures) throw failure
        if (answered().length < from + sent.length) throw new Error(`${answered().length} of ${from + sent.length} lines were answered`)
      },
      { timeout: 120_000 },
    )
  }
  sending.end()
  await ended.promise
  const said = answered()
  return { answers: said.filter((line) => 'sourceId' in line), done: said.find((line) => 'done' in line) }
}
