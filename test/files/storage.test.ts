import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { digestOf, newStagingId, type Bytes, type Digest } from '@strata/domain/shared'
import { loadConfig } from '@strata/infrastructure/environment'
import { openStorage } from '@strata/infrastructure/storage'
import { openBucket } from '../../infrastructure/storage/s3/bucket.ts'
import { copyWhole } from '../../infrastructure/storage/s3/copy.ts'
import { createMultipart } from '../../infrastructure/storage/s3/multipart.ts'
import { getObject } from '../../infrastructure/storage/s3/objects.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { backends, type Backend } from './backends.ts'

const mebi = 1_048_576
const huge = { limit: 1024 * mebi }

async function* inPieces(content: Uint8Array, piece = 65_536): Bytes {
  for (let at = 0; at < content.length; at += piece) yield content.subarray(at, at + piece)
}

async function* brokenAfter(content: Uint8Array): Bytes {
  yield* inPieces(content)
  throw new Error('the line went dead')
}

async function read(bytes: Bytes | undefined): Promise<Buffer | undefined> {
  return bytes === undefined ? undefined : buffer(bytes)
}

/** One contract for all backends. */
describe.each(backends)('storage on $name', ({ isHere, start }) => {
  if (!isHere) return test.skip('the whole contract (its server is not installed)')
  let backend: Backend
  beforeAll(async () => {
    backend = await start()
  })
  afterAll(() => backend?.[Symbol.asyncDispose]())

  const blobs = () => backend.storage.blobs
  const staging = () => backend.storage.staging

  beforeEach(async () => {
    for await (const id of staging().stale(new Date(Date.now() + 60_000))) await staging().discard(id)
    expect(await backend.names('staging/')).toEqual([])
  })

  async function keep(content: Uint8Array): Promise<Digest> {
    const { id, digest } = await staging().put(inPieces(content), huge)
    await blobs().commit(id, digest)
    await staging().discard(id)
    return digest
  }

  test.each([0, 1, 65_537, 8 * mebi, 8 * mebi + 1, 21 * mebi])('%i bytes come back as they went in, under their digest', async (size) => {
    const content = randomBytes(size)
    const digest = await keep(content)
    expect(digest).toBe(digestOf(content))
    expect(await blobs().stat(digest)).toEqual({ size })
    if (size > 0) expect((await read(await blobs().open(digest)))?.equals(content)).toBe(true)
    expect(await backend.names('staging/')).toEqual([])
  })

  test('a part is read without the rest', async () => {
    const content = randomBytes(9 * mebi)
    const digest = await keep(content)
    for (const [first, last] of [
      [0, 0],
      [5, 9],
      [8 * mebi - 1, 8 * mebi],
      [9 * mebi - 1, 9 * mebi - 1],
    ] as const) {
      const part = await read(await blobs().open(digest, { start: first, end: last }))
      expect(part?.equals(content.subarray(first, last + 1))).toBe(true)
    }
  })

  test('missing content is undefined, and removing it is allowed', async () => {
    const digest = digestOf('never stored')
    expect(await blobs().stat(digest)).toBeUndefined()
    expect(await blobs().open(digest)).toBeUndefined()
    await blobs().remove(digest)
  })

  test('removed content is gone', async () => {
    const digest = await keep(randomBytes(10))
    await blobs().remove(digest)
    expect(await blobs().stat(digest)).toBeUndefined()
  })

  test('the same content committed again, also at once, is kept once and stays whole', async () => {
    const content = randomBytes(100_000)
    const staged = await Promise.all([1, 2, 3].map(() => staging().put(inPieces(content), huge)))
    await Promise.all(staged.map(({ id, digest }) => blobs().commit(id, digest)))
    for (const { id, digest } of staged) await blobs().commit(id, digest)
    for (const { id } of staged) await staging().discard(id)
    expect((await read(await blobs().open(digestOf(content))))?.equals(content)).toBe(true)
    expect(await backend.names('staging/')).toEqual([])
  })

  test.each([1000, 20 * mebi])('a stream that breaks after %i bytes leaves nothing', async (size) => {
    await expect(staging().put(brokenAfter(randomBytes(size)), huge)).rejects.toThrow('the line went dead')
    expect(await backend.names('staging/')).toEqual([])
  })

  test.each([1000, 17 * mebi])('more than %i bytes are refused as they come, and nothing stays', async (limit) => {
    let taken = 0
    async function* endless(): Bytes {
      for (;;) {
        taken += 65_536
        yield Buffer.alloc(65_536)
      }
    }
    await expect(staging().put(endless(), { limit })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
    expect(taken).toBeLessThan(limit + 2 * 65_536)
    expect(await backend.names('staging/')).toEqual([])
    expect((await staging().put(inPieces(Buffer.alloc(limit)), { limit })).size).toBe(limit)
  })

  test('an upload that breaks again and again goes on where it stopped, and is what was sent', async () => {
    const content = randomBytes(30 * mebi)
    const id = newStagingId()
    expect(await staging().offset(id)).toBe(0)
    let at = 0
    for (const until of [1, 500_000, 500_001, 9 * mebi, 9 * mebi + 3, 26 * mebi]) {
      await expect(staging().append(id, brokenAfter(content.subarray(at, until)), { at, limit: content.length })).rejects.toThrow('dead')
      at = await staging().offset(id)
      expect(at).toBe(until)
    }
    expect(await staging().append(id, inPieces(content.subarray(at)), { at, limit: content.length })).toEqual({ size: content.length })
    const sealed = await staging().seal(id)
    expect(sealed).toEqual({ id, digest: digestOf(content), size: content.length })
    expect(await staging().seal(id)).toEqual(sealed)
    expect(await staging().offset(id)).toBe(content.length)
    await blobs().commit(id, sealed.digest)
    await staging().discard(id)
    expect(
      createHash('sha256')
        .update((await read(await blobs().open(sealed.digest))) ?? '')
        .digest('hex'),
    ).toBe(sealed.digest.slice(7))
    expect(await backend.names('staging/')).toEqual([])
  })

  test('an upload continues only at its end, and never beyond its limit', async () => {
    const id = newStagingId()
    await staging().append(id, inPieces(Buffer.from('abc')), { at: 0, limit: 5 })
    await expect(staging().append(id, inPieces(Buffer.from('x')), { at: 2, limit: 5 })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(staging().append(id, inPieces(Buffer.from('def')), { at: 3, limit: 5 })).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    })
    expect(await staging().offset(id)).toBe(3)
  })

  test('of two writers of one upload, one is refused', async () => {
    const id = newStagingId()
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
    async function* slow(): Bytes {
      yield Buffer.from('first')
      await mayEnd
    }
    const first = staging().append(id, slow(), { at: 0, limit: 100 })
    await expect(staging().append(id, inPieces(Buffer.from('second')), { at: 0, limit: 100 })).rejects.toMatchObject({ code: 'CONFLICT' })
    end()
    expect(await first).toEqual({ size: 5 })
  })

  test('an empty upload is content, too', async () => {
    expect(await staging().seal(newStagingId())).toMatchObject({ digest: digestOf(''), size: 0 })
  })

  test('an upload without writes becomes stale, and one that was just written is not', async () => {
    const whole = await staging().put(inPieces(randomBytes(10)), huge)
    const resumable = newStagingId()
    await staging().append(resumable, inPieces(randomBytes(9 * mebi)), { at: 0, limit: 20 * mebi })
    expect(await Array.fromAsync(staging().stale(new Date(Date.now() - 60_000)))).toEqual([])
    const stale = await Array.fromAsync(staging().stale(new Date(Date.now() + 60_000)))
    expect(stale.toSorted()).toEqual([whole.id, resumable].toSorted())
    for (const id of stale) await staging().discard(id)
    expect(await backend.names('staging/')).toEqual([])
  })
})

test('on a filesystem, a link planted where content lies is not followed', async () => {
  await using backend = await backends[0].start()
  const { root = '', storage } = backend
  const { blobs, staging } = storage
  const secret = join(root, '../secret')
  await writeFile(secret, 'a secret')
  const content = randomBytes(20)
  const digest = digestOf(content)
  const put = async () => blobs.commit((await staging.put(inPieces(content), huge)).id, digest)
  await put()
  const [path = ''] = await backend.names('blobs/')
  await rm(join(root, path))
  await symlink(secret, join(root, path))
  await expect(blobs.open(digest)).rejects.toThrow(/ELOOP|not a regular file/)
  expect(await blobs.stat(digest)).toBeUndefined()

  await rm(dirname(join(root, path)), { recursive: true })
  await mkdir(join(root, '../elsewhere'))
  await symlink(join(root, '../elsewhere'), dirname(join(root, path)))
  await expect(put()).rejects.toThrow('is not a directory')
  expect(await readFile(secret, 'utf8')).toBe('a secret')
})

describe('copies within S3', () => {
  if (!backends[1].isHere) return test.skip('in parts (no S3 server is installed)')

  test('content beyond the limit of one copy request is copied in parts, and the parts of a dead copy are aborted', async () => {
    await using backend = await backends[1].start()
    const { settings, storage } = backend
    const bucket = openBucket({ ...loadConfig(settings).s3, bucket: settings['S3_BUCKET'] ?? '' })
    const content = randomBytes(11 * mebi)
    const { id } = await storage.staging.put(inPieces(content), huge)
    await createMultipart(bucket, 'blobs/copy')
    await copyWhole(bucket, `staging/${id}`, 'blobs/copy', { mostAtOnce: mebi, partSize: 5 * mebi })
    expect((await read(await getObject(bucket, 'blobs/copy')))?.equals(content)).toBe(true)
    expect(await backend.names('blobs/')).toEqual(['blobs/copy'])
  })
})

describe('links to S3', () => {
  if (!backends[1].isHere) return test.skip('are signed (no S3 server is installed)')

  test('return the content with its type, and fail if any part of them is changed', async () => {
    await using backend = await backends[1].start()
    const { blobs, staging } = openStorage(loadConfig({ ...backend.settings, S3_PRESIGNED: 'true' }))
    const content = randomBytes(1_000)
    const { id, digest } = await staging.put(inPieces(content), huge)
    await blobs.commit(id, digest)
    const as = { mediaType: 'text/csv', disposition: 'attachment; filename="a.csv"', mayBeKept: true }
    const link = (await blobs.link(digest, as)) ?? expect.fail('no link')

    const answer = await fetch(link)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
      200,
      'text/csv',
      as.disposition,
    ])
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
    expect((await fetch(link.replace('text%2Fcsv', 'text%2Fhtml'))).status).toBe(403)
    expect(await backend.storage.blobs.link(digest, as)).toBeUndefined()
  })
})
