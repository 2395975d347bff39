import { randomBytes } from 'node:crypto'
import { sweepFiles, uploadFile } from '@strata/domain/record'
import { digestOf } from '@strata/domain/shared'
import { fileLedger, fileQueries, recordFileStore, transaction, uploadSessions } from '@strata/infrastructure/postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, type TestArchive } from '../support/index.ts'
import { backends, type Backend } from './backends.ts'
import { deployWith, fileRequests, publishWith, type Claim, type FileRequests } from './requests.ts'

const cases = [
  { topology: 'one process', ...backends[0] },
  { topology: 'separate services', ...backends[1] },
] as const

describe.each(cases)('files of records in $topology on $name', ({ topology, isHere, start }) => {
  if (!isHere) return test.skip('everything (its server is not installed)')
  let archive: TestArchive
  let backend: Backend
  let admin: FileRequests
  beforeAll(async () => {
    backend = await start()
    archive = await openArchive(topology, backend.settings)
    admin = fileRequests(archive, await archive.sign({ subject: 'operator', roles: ['ADMIN'] }))
    await deployWith(archive, 'anything', {})
    await deployWith(archive, 'tables', { acceptedTypes: ['.csv', 'image/*'], minCount: 1, maxCount: 2, maxFileSize: 100 })
  })
  afterAll(async () => {
    await archive?.[Symbol.asyncDispose]()
    await backend?.[Symbol.asyncDispose]()
  })

  async function uploaded(name: string, content: string | Buffer<ArrayBuffer> = randomBytes(20), type?: string): Promise<Claim> {
    const answer = await admin.put(content, '', type)
    return { ...((await answer.json()) as Claim), name }
  }
  const claim = ({ name, digest, size }: Claim): Claim => ({ name, digest, size })
  const publish = async (convention: string, ...files: Claim[]) => publishWith(archive, convention, files.map(claim))
  const findings = async (convention: string, ...files: Claim[]) => (await publish(convention, ...files)).findings

  test('a record has its files in order, each with its address', async () => {
    const files = [await uploaded('b.csv'), await uploaded('ä a.csv')]
    const { srn } = await publish('tables', ...files)
    const { data } = await archive.ask('query ($srn: SRN!) { record(srn: $srn) { files { name size digest mediaType url } } }', { srn })
    expect(data.record.files).toEqual([
      { ...claim(files[0]!), mediaType: 'text/csv', url: `/records/${srn}/files/b.csv` },
      { ...claim(files[1]!), mediaType: 'text/csv', url: `/records/${srn}/files/${encodeURIComponent('ä a.csv')}` },
    ])
  })

  test.each([
    '',
    ' ',
    '.',
    '..',
    '../x.csv',
    'a/b.csv',
    'a\\b.csv',
    'a\u0000.csv',
    'a\nb.csv',
    '\u202Evsc.exe',
    'ä'.repeat(128),
    '\ud800.csv',
  ])('a file is not called %j', async (name) => {
    const file = await uploaded('x')
    expect(await findings('anything', { ...file, name })).toMatchObject([{ hook: 'files', kind: 'INVALID_METADATA' }])
  })

  test('names of 255 bytes, and names with dots, quotes and spaces, are valid', async () => {
    for (const name of ['a'.repeat(255), '...', '.hidden', 'a "b" (c)\'s %2F.csv', '结构.cif', 'constructor', '__proto__']) {
      const file = await uploaded(name, `content of ${name}`)
      const { srn } = await publish('anything', file)
      const answer = await fetch(new URL(`/records/${srn}/files/${encodeURIComponent(name)}`, archive.url))
      expect([name, answer.status, await answer.text()]).toEqual([name, 200, `content of ${name}`])
    }
  })

  test('every violation of the file rules is a finding that names the file', async () => {
    const good = await uploaded('good.csv')
    const rules = async (...files: Claim[]) =>
      (await findings('tables', ...files)).map((finding: { field?: string; message: string }) => [finding.field, finding.message])
    expect(await rules()).toEqual([[null, 'The record has 0 files; this convention requires at least 1.']])
    expect(await rules(good, { ...good, name: 'b.csv' }, { ...good, name: 'c.csv' })).toEqual([
      [null, expect.stringContaining('at most 2')],
    ])
    expect(await rules(good, { ...good, name: 'GOOD.csv' })).toEqual([['GOOD.csv', expect.stringContaining('twice')]])
    expect(await rules({ ...good, name: 'x.exe' })).toEqual([['x.exe', expect.stringContaining('accepts .csv, image/*')]])
    expect(await rules(await uploaded('picture', 'a picture', 'image/png'))).toEqual([])
    expect(await rules(await uploaded('big.csv', randomBytes(101)))).toEqual([['big.csv', expect.stringContaining('101 bytes')]])
    expect(await rules({ ...good, size: 19 })).toEqual([['good.csv', 'The file "good.csv" has 20 bytes, not 19.']])
    expect(await rules({ ...good, digest: digestOf('never sent') })).toEqual([
      ['good.csv', expect.stringContaining('which you have not uploaded')],
    ])
  })

  test('an upload is visible to its uploader, and to everyone once it is published', async () => {
    const file = await uploaded('x.csv')
    const address = new URL(`/files/${file.digest}`, archive.url)
    expect([(await fetch(address)).status, (await admin.call(`/files/${file.digest}`)).headers.get('cache-control')]).toEqual([
      404,
      'private, no-store',
    ])
    await publish('anything', file)
    const answer = await fetch(address)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
  })

  test('the requested ranges are served', async () => {
    const file = await uploaded('digits.txt', '0123456789', 'text/plain')
    const { srn } = await publish('anything', file)
    const get = async (range: string, headers = {}) => {
      const answer = await fetch(new URL(`/records/${srn}/files/digits.txt`, archive.url), { headers: { range, ...headers } })
      return [answer.status, answer.headers.get('content-range'), answer.status === 416 ? '' : await answer.text()]
    }
    const whole = [200, null, '0123456789']
    expect(await get('bytes=0-0')).toEqual([206, 'bytes 0-0/10', '0'])
    expect(await get('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789'])
    expect(await get('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789'])
    expect(await get('bytes=-99')).toEqual([206, 'bytes 0-9/10', '0123456789'])
    expect(await get('bytes=8-99999999999999999999')).toEqual([206, 'bytes 8-9/10', '89'])
    for (const nowhere of ['bytes=10-', 'bytes=99999999999999999999-', 'bytes=-0'])
      expect(await get(nowhere)).toEqual([416, 'bytes */10', ''])
    for (const odd of ['bytes=5-2', 'bytes=-', 'lines=1-2', 'bytes=0-1,3-4', 'bytes=a-b']) expect(await get(odd)).toEqual(whole)
    expect(await get('bytes=0-0', { 'if-range': `"${file.digest}"` })).toEqual([206, 'bytes 0-0/10', '0'])
    expect(await get('bytes=0-0', { 'if-range': '"another"' })).toEqual(whole)
  })

  test('content that the client already has is not sent again, and HEAD sends none', async () => {
    const file = await uploaded('x.csv')
    await publish('anything', file)
    const path = `/files/${file.digest}`
    const known = await admin.call(path, { headers: { 'if-none-match': `"x", W/"${file.digest}"` } })
    expect([known.status, known.headers.get('etag')]).toEqual([304, `"${file.digest}"`])
    const head = await admin.call(path, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges'), await head.text()]).toEqual([
      200,
      '20',
      'bytes',
      '',
    ])
  })

  test('a browser runs nothing in a file that it opens', async () => {
    const file = await uploaded('päge".html', '<script>alert(1)</script>', 'text/html')
    const { srn } = await publish('anything', file)
    const { headers } = await fetch(new URL(`/records/${srn}/files/${encodeURIComponent(file.name)}`, archive.url))
    expect(headers.get('content-type')).toBe('text/html')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-disposition')).toBe(`attachment; filename="p_ge_.html"; filename*=UTF-8''p%C3%A4ge%22.html`)
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  test.each(['/files/sha256:..%2F..%2Fetc%2Fpasswd', '/files/..%2F..%2F..%2Fetc%2Fpasswd', '/files/sha256%3A00', '/files/%00'])(
    '%s leads nowhere',
    async (path) => {
      expect((await admin.call(path)).status).toBe(400)
    },
  )

  test('an unknown file name and an unknown record are not found', async () => {
    const { srn } = await publish('anything', await uploaded('x.csv'))
    for (const path of [
      `/records/${srn}/files/y.csv`,
      `/records/${srn}/files/%2Fx.csv`,
      `/records/${srn}/files/%00`,
      `/records/${srn.replace('localhost', 'elsewhere.org')}/files/x.csv`,
    ]) {
      expect((await admin.call(path)).status).toBe(404)
    }
    expect((await admin.call('/records/x/files/x')).status).toBe(400)
  })

  describe('the sweep', () => {
    const later = () => new Date(Date.now() + 60_000)
    const ports = () => {
      const { database } = archive
      return { storage: backend.storage, ledger: fileLedger(database), sessions: uploadSessions(database), files: fileQueries(database) }
    }

    test('removes unreferenced content after its grace period, and nothing else', async () => {
      const [kept, idle] = [await uploaded('x'), await uploaded('y')]
      await publish('anything', kept)
      await sweepFiles(ports(), { before: new Date(Date.now() - 60_000), limit: 100 })
      expect(await backend.storage.blobs.stat(digestOf(''))).toBeUndefined()
      expect((await admin.call(`/files/${idle.digest}`)).status).toBe(200)
      const begun = (await admin.begin(5)).headers.get('location') ?? ''
      await admin.patch(begun, 0, 'ab')
      expect((await sweepFiles(ports(), { before: later(), limit: 100 })).files).toBeGreaterThan(0)
      expect((await admin.call(`/files/${idle.digest}`)).status).toBe(404)
      expect(await admin.offset(begun)).toBeNull()
      expect(await backend.names('staging/')).toEqual([])
      expect((await admin.call(`/files/${kept.digest}`)).status).toBe(200)
      expect((await findings('anything', idle))[0].message).toContain('have not uploaded, or which was swept')
    })

    test('skips content of a draft, and removes it when no draft has it any more', async () => {
      const file = await uploaded('draft.txt')
      const { data } = await archive.ask('mutation { createDeposition(input: { convention: "anything", metadata: {} }) { srn } }')
      const { srn } = data.createDeposition
      const add = 'mutation ($srn: SRN!, $file: RecordFileInput!) { addDepositionFile(srn: $srn, file: $file) { srn } }'
      expect((await archive.ask(add, { srn, file: claim(file) })).errors).toEqual([])
      await sweepFiles(ports(), { before: later(), limit: 100 })
      expect((await admin.call(`/files/${file.digest}`)).status).toBe(200)
      await archive.ask('mutation ($srn: SRN!) { removeDepositionFile(srn: $srn, name: "draft.txt") { srn } }', { srn })
      await sweepFiles(ports(), { before: later(), limit: 100 })
      expect((await admin.call(`/files/${file.digest}`)).status).toBe(404)
    })

    test('skips a file that is being published at the same time', async () => {
      const file = await uploaded('x')
      const digest = digestOf('x').replace(/.*/, file.digest) as ReturnType<typeof digestOf>
      await transaction(archive.database, async (tx) => {
        expect(await recordFileStore(tx).hold([digest], { of: 'ALL', actor: 'user:operator' })).toHaveLength(1)
        await sweepFiles(ports(), { before: later(), limit: 100 })
      })
      expect((await publish('anything', file)).status).toBe('PUBLISHED')
    })

    test('and publishing, at once and again and again, never leave a record without its file', async () => {
      let swept = 0
      for (let round = 0; round < 12; round++) {
        const file = await uploaded('x')
        const [result] = await Promise.all([publish('anything', file), sweepFiles(ports(), { before: later(), limit: 100 })])
        const { status } = await fetch(new URL(`/files/${file.digest}`, archive.url))
        expect([result.status, status]).toEqual(result.status === 'PUBLISHED' ? ['PUBLISHED', 200] : ['INVALID', 404])
        swept += result.status === 'PUBLISHED' ? 0 : 1
      }
      expect(swept).toBeLessThanOrEqual(12)
    })

    test('and uploading at once never leave a file without its content', async () => {
      // "Later" would make what is being staged right now look abandoned.
      const staging = { ...backend.storage.staging, async *stale() {} }
      const storage = { ...backend.storage, staging }
      for (let round = 0; round < 12; round++) {
        const content = Buffer.from('the same again')
        const bytes = async function* () {
          yield content
        }
        const [file] = await Promise.all([
          uploadFile(ports(), { bytes: bytes() }, { maxFileBytes: 100 }, 'user:x'),
          sweepFiles({ ...ports(), storage }, { before: later(), limit: 100 }),
        ])
        const known = await ports().files.file(file.digest, { of: 'OWN', actor: 'user:x' })
        expect((await backend.storage.blobs.stat(file.digest)) === undefined).toBe(known === undefined)
      }
    })
  })
})
