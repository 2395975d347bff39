import { randomBytes } from 'node:crypto'
import { digestOf } from '@strata/domain/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, type TestArchive } from '../support/index.ts'
import { backends, type Backend } from './backends.ts'
import { deployWith, eventually, fileRequests, type FileRequests } from './requests.ts'

const mebi = 1_048_576
const cases = [
  { topology: 'one process', ...backends[0] },
  { topology: 'separate services', ...backends[0] },
  { topology: 'separate services', ...backends[1] },
] as const

describe.each(cases)('uploads to an archive in $topology on $name', ({ topology, isHere, start }) => {
  if (!isHere) return test.skip('everything (its server is not installed)')
  let archive: TestArchive
  let backend: Backend
  let depositor: FileRequests
  beforeAll(async () => {
    backend = await start()
    archive = await openArchive(topology, { ...backend.settings, STRATA_MAX_FILE: String(400 * mebi) })
    depositor = fileRequests(archive, await archive.sign({ subject: 'depositor', roles: ['DEPOSITOR'] }))
    await deployWith(archive, 'tables', { acceptedTypes: ['text/csv', '.tsv'], maxFileSize: 1000 })
  })
  afterAll(async () => {
    await archive?.[Symbol.asyncDispose]()
    await backend?.[Symbol.asyncDispose]()
  })

  const nothingStaged = () => eventually(async () => (await backend.names('staging/')).length === 0)
  const isKept = async (content: Uint8Array | string) => (await backend.storage.blobs.stat(digestOf(content))) !== undefined

  test('content is kept under its digest, with its size and type', async () => {
    const content = randomBytes(100_000)
    const answer = await depositor.put(content)
    expect([answer.status, await answer.json()]).toEqual([201, { digest: digestOf(content), size: 100_000, mediaType: 'text/csv' }])
    expect(answer.headers.get('location')).toBe(`/files/${digestOf(content)}`)
    expect(await isKept(content)).toBe(true)
    expect(await nothingStaged()).toBe(true)
  })

  test('JSON and forms are stored like other content', async () => {
    expect(await (await depositor.put('{"a": ', '', 'application/json')).json()).toMatchObject({ size: 6, mediaType: 'application/json' })
    const form = await depositor.put('a=b', '', 'application/x-www-form-urlencoded')
    expect(await form.json()).toEqual({ digest: digestOf('a=b'), size: 3, mediaType: null })
  })

  test('an upload needs a token that allows it', async () => {
    const put = async (token?: Parameters<TestArchive['sign']>[0]) =>
      (await fileRequests(archive, token === undefined ? 'x.y.z' : await archive.sign(token)).put('stranger')).status
    const anonymous = await fetch(new URL('/files', archive.url), { method: 'PUT', body: 'stranger' })
    expect(anonymous.status).toBe(401)
    expect([await put(), await put({ roles: [] }), await put({ scopes: ['hooks:write'] })]).toEqual([401, 403, 403])
    expect(await isKept('stranger')).toBe(false)
    expect(await put({ scopes: ['records:write'] })).toBe(201)
  })

  test('content with another digest than expected is refused and not stored', async () => {
    const wrong = await depositor.put('mangled', `?digest=${digestOf('meant')}`)
    expect([wrong.status, await wrong.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'digest' } }] },
    ])
    expect(await isKept('mangled')).toBe(false)
    expect((await depositor.put('meant', `?digest=${digestOf('meant')}`)).status).toBe(201)
    const base64 = Buffer.from(digestOf('other').slice(7), 'hex').toString('base64')
    const headers = { 'repr-digest': `sha-256=:${base64}:` }
    expect((await depositor.call('/files', { method: 'PUT', body: 'mangled again', headers })).status).toBe(400)
    expect((await depositor.put('x', '?digest=md5:1')).status).toBe(400)
    expect(await nothingStaged()).toBe(true)
  })

  test('an upload killed midway leaves nothing behind', async () => {
    const content = randomBytes(20 * mebi)
    const open = await depositor.begun('PUT', '/files', 300 * mebi, content)
    expect(await eventually(async () => (await backend.names('staging/')).length === 1)).toBe(true)
    open.destroy()
    expect(await nothingStaged()).toBe(true)
    expect(await isKept(content)).toBe(false)
  })

  test('two uploads of one content at once keep it once', async () => {
    const content = randomBytes(9 * mebi)
    const answers = await Promise.all([1, 2, 3].map(() => depositor.put(content)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect((await backend.names('blobs/')).filter((name) => name.endsWith(digestOf(content).slice(7)))).toHaveLength(1)
    expect(await nothingStaged()).toBe(true)
  })

  test('a file that the convention does not accept is refused before it is stored', async () => {
    const refusal = async (answer: Promise<Response>) => {
      const { status, body } = await answer.then(async (response) => ({ status: response.status, body: await response.json() }))
      return [status, body.errors?.[0].message]
    }
    const size = await refusal(depositor.put(randomBytes(1001), '?convention=tables'))
    expect(size).toEqual([413, 'The file has 1001 bytes; this convention accepts at most 1000.'])
    const type = await refusal(depositor.put('x', '?convention=tables&name=x.png', 'image/png'))
    expect(type).toEqual([400, 'The file is of type image/png; this convention accepts text/csv, .tsv.'])
    expect((await refusal(depositor.put('x', '?convention=nowhere')))[0]).toBe(404)
    expect((await refusal(depositor.put('x', '?name=..%2Fx')))[0]).toBe(400)
    const unannounced = await depositor.stream(
      '/files?convention=tables',
      Array.from({ length: 100 }, () => Buffer.alloc(100_000)),
    )
    expect(unannounced).toMatchObject({ status: 413, body: expect.stringContaining('More than 1000 bytes arrived') })
    expect((await depositor.put('x', '?convention=tables&name=x.tsv', 'image/png')).status).toBe(201)
    expect(await nothingStaged()).toBe(true)
  })

  test('300 MiB pass through without memory growing by 64 MiB', async () => {
    const chunk = Buffer.alloc(mebi, 'x')
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    let peak = 0
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20)
    const { status, body } = await depositor.stream(
      '/files',
      Array.from({ length: 300 }, () => chunk),
    )
    clearInterval(watch)
    expect([status, JSON.parse(body).size]).toEqual([201, 300 * mebi])
    expect((peak - before) / mebi).toBeLessThan(64)
  })

  test('a resumable upload goes on where it stopped, and ends as a file like any other', async () => {
    const content = randomBytes(20 * mebi)
    const begun = await depositor.begin(content.length, { filename: 'x.csv', filetype: 'text/csv' })
    const path = begun.headers.get('location') ?? ''
    expect([begun.status, path]).toEqual([201, expect.stringMatching(/^\/files\/uploads\/[0-9a-f-]{36}$/)])
    const headers = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    const open = await depositor.begun('PATCH', path, content.length, content.subarray(0, 9 * mebi + 5), headers)
    open.destroy()
    // What was under way when the connection broke may be lost; what the server says it has, it has.
    expect((await depositor.patch(path, content.length - 1, 'x')).status).toBe(409)
    const kept = Number(await depositor.offset(path))
    expect(kept).toBeLessThanOrEqual(9 * mebi + 5)
    const rest = await depositor.patch(path, kept, content.subarray(kept))
    expect([rest.status, rest.headers.get('upload-offset'), rest.headers.get('strata-digest')]).toEqual([
      204,
      String(content.length),
      digestOf(content),
    ])
    expect(await depositor.offset(path)).toBe(String(content.length))
    expect((await depositor.patch(path, content.length, '')).headers.get('strata-digest')).toBe(digestOf(content))
    expect(await isKept(content)).toBe(true)
    expect(await nothingStaged()).toBe(true)
  })

  test('a client that resumes while the old connection still seems alive takes over', async () => {
    const path = (await depositor.begin(10)).headers.get('location') ?? ''
    const headers = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    await depositor.begun('PATCH', path, 10, Buffer.from('01234'), headers)
    const first = await depositor.patch(path, 0, '0123456789')
    // What the lost connection had brought already stays.
    expect(first.status).toBe(409)
    expect((await depositor.patch(path, 5, '56789')).headers.get('strata-digest')).toBe(digestOf('0123456789'))
  })

  test('a resumable upload is its owner’s alone, ends when told, and takes no more than announced', async () => {
    const path = (await depositor.begin(5)).headers.get('location') ?? ''
    const stranger = fileRequests(archive, await archive.sign({ subject: 'stranger', roles: ['ADMIN'] }))
    expect(await stranger.offset(path)).toBeNull()
    expect((await stranger.patch(path, 0, 'x')).status).toBe(404)
    expect((await depositor.patch(path, 0, 'abcdefgh')).status).toBe(413)
    const ended = await depositor.call(path, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } })
    expect([ended.status, (await depositor.patch(path, 0, 'x')).status]).toEqual([204, 404])
    expect((await depositor.patch('/files/uploads/..%2F..%2Fblobs', 0, 'x')).status).toBe(400)
    for (const id of ['x', '%00', '../uploads']) expect((await depositor.patch(`/files/uploads/${id}`, 0, 'x')).status).toBe(404)
    expect(await nothingStaged()).toBe(true)
  })

  test('a resumable upload with another digest than expected is refused and removed', async () => {
    const path = (await depositor.begin(3, { digest: digestOf('yes') })).headers.get('location') ?? ''
    expect((await depositor.patch(path, 0, 'not')).status).toBe(400)
    expect(await depositor.offset(path)).toBeNull()
    expect(await isKept('not')).toBe(false)
    expect((await depositor.begin(500 * mebi)).status).toBe(413)
    expect((await depositor.begin(0)).headers.get('strata-digest')).toBe(digestOf(''))
    const old = await depositor.call('/files/uploads', { method: 'POST', headers: { 'tus-resumable': '0.2.2', 'upload-length': '1' } })
    expect([old.status, old.headers.get('tus-version')]).toEqual([412, '1.0.0'])
    const asked = await fetch(new URL('/files/uploads', archive.url), { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('tus-extension')]).toEqual([204, 'creation,termination'])
  })
})
