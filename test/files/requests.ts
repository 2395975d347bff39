import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestArchive } from '../support/index.ts'
import { manifest } from '../support/index.ts'

/** The requests that tests of files make, as a caller who may upload. */
export function fileRequests(archive: TestArchive, token: string) {
  const authorization = `Bearer ${token}`
  const tus = { authorization, 'tus-resumable': '1.0.0' }
  const call = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, archive.url), { ...init, headers: { authorization, ...(init.headers as Record<string, string>) } })

  return {
    call,
    put: (body: string | Uint8Array<ArrayBuffer>, query = '', type = 'text/csv') =>
      call(`/files${query}`, { method: 'PUT', body, headers: { 'content-type': type } }),
    begin: (size: number, metadata: Record<string, string> = {}) =>
      call('/files/uploads', {
        method: 'POST',
        headers: {
          ...tus,
          'upload-length': String(size),
          'upload-metadata': Object.entries(metadata)
            .map(([key, value]) => `${key} ${btoa(value)}`)
            .join(','),
        },
      }),
    patch: (path: string, offset: number, body: string | Uint8Array<ArrayBuffer>) =>
      call(path, {
        method: 'PATCH',
        body,
        headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      }),
    offset: async (path: string) => (await call(path, { method: 'HEAD', headers: tus })).headers.get('upload-offset'),
    /** Sends the head of a request and some of its body, and leaves it at that. */
    async begun(method: string, path: string, size: number, sent: Uint8Array, headers: Record<string, string> = {}) {
      const open = request(new URL(path, archive.url), { method, headers: { ...tus, 'content-length': size, ...headers } })
      open.on('error', () => {})
      open.write(sent)
      await sleep(300)
      return open
    },
    /** Streams what is generated, never faster than it is read. */
    async stream(path: string, chunks: Iterable<Uint8Array>): Promise<{ status: number | undefined; body: string }> {
      const open = request(new URL(path, archive.url), { method: 'PUT', headers: { authorization } })
      const answered: Promise<IncomingMessage[]> = once(open, 'response')
      let isAnswered = false
      open.once('response', () => (isAnswered = true))
      for (const chunk of chunks) {
        if (!open.write(chunk)) await Promise.race([once(open, 'drain'), answered])
        // Who is answered in the middle is refused.
        if (isAnswered) break
      }
      if (!isAnswered) open.end()
      const [answer] = await answered
      const body = Buffer.concat(await Array.fromAsync(answer ?? [])).toString()
      open.destroy()
      return { status: answer?.statusCode, body }
    },
  }
}

export type FileRequests = ReturnType<typeof fileRequests>

/** Deploys a convention with these file rules. */
export async function deployWith(archive: TestArchive, slug: string, files: object): Promise<void> {
  const input = manifest({ slug, files, schema: { id: 'tables', version: '1.0.0', fields: [{ name: 'title', type: 'TEXT' }] } })
  const { errors } = await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input })
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
}

export interface Claim {
  readonly name: string
  readonly digest: string
  readonly size: number
}

let published = 0

/** Publishes one record with these files and answers what came of it. */
export async function publishWith(archive: TestArchive, convention: string, files: readonly Claim[]) {
  const records = [{ sourceId: `record ${++published}`, metadata: { title: 'A table' }, files }]
  const { data, errors } = await archive.ask(
    `mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { status srn findings { hook kind field message } } } }`,
    { input: { convention, source: { import: { sourceNode: 'elsewhere.org' } }, records } },
  )
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return data.publishRecords.results[0]
}

export async function eventually(what: () => Promise<boolean>): Promise<boolean> {
  const began = performance.now()
  while (performance.now() - began < 60_000) {
    if (await what()) return true
    await sleep(100)
  }
  return false
}
