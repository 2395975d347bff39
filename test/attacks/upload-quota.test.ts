import { randomBytes } from 'node:crypto'
import { sweepFiles } from '@strata/domain/record'
import { digestOf } from '@strata/domain/shared'
import { fileLedger, uploadSessions } from '@strata/infrastructure/postgres'
import { loadConfig } from '@strata/infrastructure/environment'
import { openStorage } from '@strata/infrastructure/storage'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deployWith, fileRequests, type FileRequests } from '../files/requests.ts'
import { openArchive, temporaryDirectory, topologies, type TestArchive } from '../support/index.ts'

// How much unpublished content one caller can make an archive store or reserve.

const gibi = 2 ** 30
const quota = { bytes: 2_000, files: 6, open: 4 }

describe.each(topologies)('the upload quota in %s', (topology) => {
  let archive: TestArchive
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>
  let callers = 0
  beforeAll(async () => {
    directory = await temporaryDirectory()
    archive = await openArchive(topology, {
      STRATA_DATA_DIR: directory.path,
      STRATA_UPLOAD_QUOTA_BYTES: String(quota.bytes),
      STRATA_UPLOAD_QUOTA_FILES: String(quota.files),
      STRATA_UPLOAD_QUOTA_OPEN: String(quota.open),
    })
    await deployWith(archive, 'anything', {})
  })
  afterAll(async () => {
    await archive?.[Symbol.asyncDispose]()
    await directory?.[Symbol.asyncDispose]()
  })

  /** A caller who has used none of the quota yet. */
  async function caller(): Promise<{ readonly name: string; readonly token: object; readonly requests: FileRequests }> {
    const name = `caller-${(callers += 1)}`
    const token = { subject: name, roles: ['DEPOSITOR'], scopes: ['records:write'] } as const
    return { name, token, requests: fileRequests(archive, await archive.sign(token)) }
  }
  const used = async (name: string) => {
    const { rows } = await archive.database.pool.query(
      `select (select coalesce(sum(size), 0) from upload where created_by = $1 and digest is null)
            + (select coalesce(sum(size), 0) from file_holding where holder = $1) as bytes`,
      [`user:${name}`],
    )
    return Number(rows[0].bytes)
  }
  const refusal = async (answer: Response) => {
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: { code: string } }[] }
    return [answer.status, errors[0]?.extensions.code, errors[0]?.message]
  }

  test('refuses to reserve 300 × 50 GiB', async () => {
    const { requests, name } = await caller()
    const answers = await Promise.all(Array.from({ length: 300 }, () => requests.begin(50 * gibi)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([413]))
    expect(await used(name)).toBe(0)
  })

  test('holds for uploads that are declared at the same time', async () => {
    const { requests, name } = await caller()
    const answers = await Promise.all(Array.from({ length: 40 }, () => requests.begin(600)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(await used(name)).toBe(1_800)
  })

  test('counts uploads under way, and the refusal says what is used, what is allowed and what frees it', async () => {
    const { requests, name } = await caller()
    const paths = []
    for (let i = 0; i < quota.open; i++) paths.push((await requests.begin(10)).headers.get('location') ?? '')
    const [status, code, message] = await refusal(await requests.begin(10))
    expect([status, code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    expect(message).toBe(
      'You have 4 uploads under way; 4 at once are allowed. Publish records with these files, finish or end uploads (DELETE), or wait until what you left unused expires.',
    )
    expect((await requests.put('x')).status).toBe(413)
    expect((await requests.call(paths[0] ?? '', { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } })).status).toBe(204)
    expect([(await requests.begin(10)).status, await used(name)]).toEqual([201, 40])
  })

  test('counts uploaded files until a published record has them', async () => {
    const { requests, name, token } = await caller()
    const content = randomBytes(1_500)
    expect((await requests.put(content)).status).toBe(201)
    expect((await requests.put(content)).status).toBe(413)
    const [, , message] = await refusal(await requests.begin(501))
    expect(message).toContain(
      '1500 bytes in uploads under way and in files that no published record has; 2000 are allowed, and this upload would add 501',
    )
    expect((await requests.begin(500)).status).toBe(201)

    const files = [{ name: 'a', digest: digestOf(content), size: content.length }]
    const input = {
      convention: 'anything',
      source: { import: { sourceNode: 'here' } },
      records: [{ sourceId: name, metadata: { title: 'x' }, files }],
    }
    const { data } = await (
      await archive.as(token)
    )('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', { input })
    expect([data.publishRecords.publishedCount, await used(name)]).toEqual([1, 500])
    // Published content counts against no quota.
    expect((await requests.put(content)).status).toBe(201)
    expect(await used(name)).toBe(500)
  })

  test('counts many small files', async () => {
    const { requests } = await caller()
    for (let i = 0; i < quota.files; i++) expect((await requests.put(`${i}`)).status).toBe(201)
    expect(await refusal(await requests.put('one more'))).toMatchObject([
      413,
      'PAYLOAD_TOO_LARGE',
      expect.stringContaining('6 uploaded files that no published record has'),
    ])
  })

  test('counts an upload without a declared length while it arrives', async () => {
    const { requests, name } = await caller()
    const { status } = await requests.stream(
      '/files',
      Array.from({ length: 100 }, () => Buffer.alloc(100, 'x')),
    )
    expect(status).toBe(413)
    await expect.poll(() => used(name)).toBe(0)
    expect((await requests.stream('/files', [Buffer.alloc(1_900, 'y')])).status).toBe(201)
    expect(await used(name)).toBe(1_900)
  })

  test('is freed when an upload is refused or its caller disconnects', async () => {
    const { requests, name } = await caller()
    expect((await requests.put('x'.repeat(900), `?digest=${digestOf('else')}`)).status).toBe(400)
    const open = await requests.begun('PUT', '/files', 1_900, Buffer.from('only this'))
    await expect.poll(() => used(name)).toBe(1_900)
    expect((await requests.put('x'.repeat(200))).status).toBe(413)
    open.destroy()
    await expect.poll(() => used(name)).toBe(0)
  })

  test('is separate for each caller', async () => {
    const [one, other] = [await caller(), await caller()]
    expect((await one.requests.begin(2_000)).status).toBe(201)
    expect((await one.requests.begin(1)).status).toBe(413)
    expect((await other.requests.begin(2_000)).status).toBe(201)
  })

  test('is freed by the sweep, both for uploads and for files', async () => {
    const { requests, name } = await caller()
    expect((await requests.begin(500)).status).toBe(201)
    expect((await requests.put('z'.repeat(1_000))).status).toBe(201)
    expect(await used(name)).toBe(1_500)
    const storage = openStorage(loadConfig({ STRATA_DATA_DIR: directory.path }))
    await sweepFiles(
      { storage, ledger: fileLedger(archive.database), sessions: uploadSessions(archive.database) },
      { before: new Date(Date.now() + 60_000), limit: 1_000 },
    )
    expect(await used(name)).toBe(0)
  })
})
