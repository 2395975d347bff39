import { randomBytes } from 'node:crypto'
import { digestOf } from '@strata/domain/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backends, type Backend } from '../files/backends.ts'
import { deployWith, fileRequests } from '../files/requests.ts'
import { depositorOn } from '../support/depositor.ts'
import { openArchive, type TestArchive } from '../support/index.ts'

// Content by its digest: until it is published, only its uploader may use it, and other callers get the answer for missing content.

const cases = [
  { topology: 'one process', backend: backends[0], settings: {} },
  { topology: 'separate services', backend: backends[0], settings: {} },
  { topology: 'separate services', backend: backends[1], settings: { S3_PRESIGNED: 'true' } },
] as const

type Token = {
  readonly subject: string
  readonly roles?: readonly ('DEPOSITOR' | 'CURATOR' | 'ADMIN')[]
  readonly scopes?: readonly string[]
}
const alice: Token = { subject: 'alice', roles: ['DEPOSITOR'] }
const strangers: Record<string, Token | undefined> = {
  nobody: undefined,
  'another depositor': { subject: 'bob', roles: ['DEPOSITOR'] },
  'a depositor of almost that name': { subject: 'Alice', roles: ['DEPOSITOR'] },
  'a machine that publishes': { subject: 'ci', scopes: ['records:write'] },
  'a machine that deploys': { subject: 'ci', scopes: ['conventions:write', 'hooks:write'] },
  'no role': { subject: 'eve' },
}
const insiders: Record<string, Token> = {
  uploader: alice,
  curator: { subject: 'carol', roles: ['CURATOR'] },
  admin: { subject: 'ada', roles: ['ADMIN'] },
}

describe.each(cases)('files by digest, in $topology on $backend.name $settings', ({ topology, backend: { isHere, start }, settings }) => {
  if (!isHere) return test.skip('everything (its server is not installed)')
  let archive: TestArchive
  let backend: Backend
  beforeAll(async () => {
    backend = await start()
    archive = await openArchive(topology, { ...backend.settings, ...settings })
    await deployWith(archive, 'anything', {})
    await deployWith(archive, 'csv-only', { acceptedTypes: ['text/csv'] })
  })
  afterAll(async () => {
    await archive?.[Symbol.asyncDispose]()
    await backend?.[Symbol.asyncDispose]()
  })

  const requests = async (token: Token | undefined) => fileRequests(archive, token === undefined ? '' : await archive.sign(token as object))
  const upload = async (token: Token, content: string | Buffer<ArrayBuffer> = randomBytes(20), type = 'text/csv') => {
    const answer = await (await requests(token)).put(content, '', type)
    expect(answer.status).toBe(201)
    return (await answer.json()) as { digest: string; size: number; mediaType: string | null }
  }
  /** The whole answer, without the parts that differ between any two answers. */
  const whole = async (answer: Response, digest: string) => {
    const headers = [...answer.headers]
      .map(([name, value]) => [name, value.replaceAll(digest, '<digest>')])
      .filter(([name = '']) => !/^(date|x-request-id|ratelimit|content-length|x-)/.test(name))
    const body = (await answer.text()).replaceAll(digest, '<digest>').replace(/"requestId":"[^"]*"/, '')
    return JSON.stringify([answer.status, headers, body])
  }
  const get = async (token: Token | undefined, digest: string, init: RequestInit = {}) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${await archive.sign(token as object)}` }
    return fetch(new URL(`/files/${digest}`, archive.url), { redirect: 'manual', ...init, headers: { ...authorization, ...init.headers } })
  }

  const readings: [string, RequestInit][] = [
    ['GET', {}],
    ['HEAD', { method: 'HEAD' }],
    ['a part', { headers: { range: 'bytes=0-3' } }],
  ]
  test.each(Object.entries(strangers))('%s cannot read what alice uploaded, or detect that it exists', async (_, token) => {
    const { digest } = await upload(alice)
    const unknown = digestOf(randomBytes(20))
    for (const [, init] of readings) {
      const theirs = await whole(await get(token, digest, init), digest)
      expect(theirs).toMatch(/^\[404/)
      expect(theirs).toBe(await whole(await get(token, unknown, init), unknown))
    }
    const known = { headers: { 'if-none-match': `"${digest}"` } }
    expect((await get(token, digest, known)).status).toBe(404)
  })

  test.each(Object.entries(insiders))('%s can read it', async (_, token) => {
    const { digest } = await upload(alice)
    for (const [, init] of readings) expect([200, 206, 302]).toContain((await get(token, digest, init)).status)
    expect((await get(token, digest)).headers.get('cache-control')).toMatch(/^private/)
  })

  const publishing =
    'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { status findings { hook kind field message } } } }'
  const records = (files: object[]) => [{ sourceId: String(Math.random()), metadata: { title: 'x' }, files }]
  const publish = async (token: Token, files: object[], convention = 'anything') => {
    const { data, errors } = await (
      await archive.as(token as object)
    )(publishing, { input: { convention, source: { import: { sourceNode: 'here' } }, records: records(files) } })
    expect(errors).toEqual([])
    return data.publishRecords.results[0]
  }
  const importing = async (token: Token, files: object[]) => {
    const headers = { authorization: `Bearer ${await archive.sign(token as object)}`, 'content-type': 'application/x-ndjson' }
    const line = `${JSON.stringify(records(files)[0])}\n`
    const [first = ''] = (
      await (await fetch(new URL('/import/anything', archive.url), { method: 'POST', headers, body: line })).text()
    ).split('\n')
    const { status, findings } = JSON.parse(first)
    return { status, findings }
  }
  const depositing = async (token: Token, files: object[]) => {
    const depositor = await depositorOn(archive, token as object)
    const { srn } = await depositor.create('anything', { title: 'x' })
    return depositor.refusal(depositor.addingFile, { srn, file: files[0] })
  }

  const machine: Token = { subject: 'ci', scopes: ['records:write'] }
  const bob: Token = { subject: 'bob', roles: ['DEPOSITOR'] }
  test('other callers cannot attach what alice uploaded, or detect that it exists, on any way in', async () => {
    for (const [way, by] of [
      [publish, machine],
      [importing, machine],
      [depositing, bob],
    ] as const) {
      const { digest, size } = await upload(alice)
      const unknown = digestOf(randomBytes(20))
      for (const claimed of [size, size + 1]) {
        const theirs = JSON.stringify(await way(by, [{ name: 'a.csv', digest, size: claimed }])).replaceAll(digest, '<digest>')
        const none = JSON.stringify(await way(by, [{ name: 'a.csv', digest: unknown, size: claimed }])).replaceAll(unknown, '<digest>')
        expect(theirs).toBe(none)
        expect(theirs).toMatch(/INVALID|BAD_USER_INPUT/)
      }
    }
  })

  test('the uploader can attach it on every way in, and so can another uploader of the same content', async () => {
    const ownByMachine = async () => [{ name: 'a.csv', ...strip(await upload(machine)) }]
    expect((await publish(machine, await ownByMachine())).status).toBe('PUBLISHED')
    expect((await importing(machine, await ownByMachine())).status).toBe('PUBLISHED')
    const content = randomBytes(20)
    const theirs = strip(await upload(alice, content))
    await upload(bob, content)
    expect(await depositing(alice, [{ name: 'a.csv', ...theirs }])).toMatchObject({ code: undefined })
    expect(await depositing(bob, [{ name: 'a.csv', ...theirs }])).toMatchObject({ code: undefined })
  })

  test('a curator may publish what alice uploaded; then it is public', async () => {
    const file = strip(await upload(alice))
    expect((await publish({ subject: 'carol', roles: ['CURATOR'], scopes: ['records:write'] }, [{ name: 'a.csv', ...file }])).status).toBe(
      'PUBLISHED',
    )
    for (const token of Object.values(strangers)) expect([200, 302]).toContain((await get(token, file.digest)).status)
    expect((await publish(machine, [{ name: 'a.csv', ...file }])).status).toBe('PUBLISHED')
  })

  test('a file that an admin adds to alice’s draft also belongs to alice, and is published with it', async () => {
    const depositor = await depositorOn(archive, alice as object)
    const { srn } = await depositor.create('anything', { title: 'x' })
    const admin: Token = { subject: 'ada', roles: ['ADMIN'] }
    const file = { name: 'a.csv', ...strip(await upload(admin)) }
    expect((await get(alice, file.digest)).status).toBe(404)
    const { errors } = await archive.ask(
      'mutation ($srn: SRN!, $file: RecordFileInput!) { addDepositionFile(srn: $srn, file: $file) { srn } }',
      { srn, file },
    )
    expect(errors).toEqual([])
    expect([200, 302]).toContain((await get(alice, file.digest)).status)
    await depositor.submit(srn)
    expect((await depositor.until(srn, 'PUBLISHED')).files).toMatchObject([{ mediaType: 'text/csv' }])
  })

  test('the answers to an upload do not depend on whether others have the content', async () => {
    const bobs = await requests(bob)
    const [known, fresh] = [randomBytes(20), randomBytes(20)]
    await upload(alice, known, 'text/csv')
    const put = async (content: Buffer<ArrayBuffer>, type: string) =>
      whole(await bobs.put(content, `?digest=${digestOf(content)}`, type), digestOf(content))
    expect(await put(known, 'application/x-www-form-urlencoded')).toBe(await put(fresh, 'application/x-www-form-urlencoded'))
    expect(await put(known, 'image/png')).toBe(await put(fresh, 'image/png'))

    const [known2, fresh2] = [randomBytes(20), randomBytes(20)]
    await upload(alice, known2, 'text/csv')
    const begin = async (content: Buffer<ArrayBuffer>) => {
      const begun = await bobs.begin(content.length, { digest: digestOf(content), filename: 'a.csv' })
      const path = begun.headers.get('location') ?? ''
      const said = [begun.status, begun.headers.get('upload-offset'), begun.headers.get('strata-digest'), await bobs.offset(path)]
      const done = await bobs.patch(path, 0, content)
      return [...said, done.status, done.headers.get('upload-offset')]
    }
    expect(await begin(known2)).toEqual(await begin(fresh2))
  })

  test('a media type from another uploader is not shown, and does not satisfy a convention’s rules', async () => {
    const content = randomBytes(20)
    await upload(alice, content, 'text/csv')
    const untyped = await upload(machine, content, 'application/x-www-form-urlencoded')
    expect(untyped.mediaType).toBeNull()
    expect(await publish(machine, [{ name: 'a', ...strip(untyped) }], 'csv-only')).toMatchObject({ status: 'INVALID' })
    expect((await get(machine, untyped.digest)).headers.get('content-type')).not.toBe('text/csv')
  })

  test('a file that was removed from a draft and swept no longer belongs to its owner', async () => {
    const depositor = await depositorOn(archive, alice as object)
    const { srn } = await depositor.create('anything', { title: 'x' })
    const file = { name: 'a.csv', ...(await depositor.upload(randomBytes(10).toString('hex'))) }
    await depositor.ask(depositor.addingFile, { srn, file })
    await archive.database.pool.query('delete from file_holding where digest = $1', [file.digest])
    expect([200, 302]).toContain((await get(alice, file.digest)).status)
    await depositor.removeFile(srn, 'a.csv')
    expect((await get(alice, file.digest)).status).toBe(404)
  })
})

function strip({ digest, size }: { readonly digest: string; readonly size: number }) {
  return { digest, size }
}
