import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const ndjson = { 'content-type': 'application/x-ndjson' }
const csv = { 'content-type': 'text/csv' }

const lineOf = (id: string, metadata: object = { pdb_id: '1abc' }) => JSON.stringify({ sourceId: id, metadata })

describe.each(topologies)('an import into an archive in %s', (topology) => {
  let archive: TestArchive
  let token: string
  beforeAll(async () => {
    archive = await openArchive(topology)
    token = await archive.sign({ subject: 'importer', scopes: ['records:write'] })
    expect((await archive.ask(deploy, { input: manifest() })).errors).toEqual([])
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  const send = async (body: BodyInit, headers: Record<string, string> = ndjson, path = '/import/proteins?sourceNode=rcsb.org') => {
    const response = await fetch(new URL(path, archive.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...headers },
      body,
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    } as RequestInit)
    const text = await response.text()
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      lines: text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    }
  }
  const metadataOf = async (id: string) =>
    (await archive.database.pool.query(`select source, metadata from record where source ->> 'id' = $1`, [id])).rows[0]

  test('publishes each line, answers each in order, and ends with a summary', async () => {
    const { status, type, lines } = await send([lineOf('a1'), lineOf('a2', { pdb_id: 'XXXX' }), '', lineOf('a1'), ''].join('\r\n'))
    expect(status).toBe(200)
    expect(type).toContain('application/x-ndjson')
    expect(lines).toEqual([
      { line: 1, sourceId: 'a1', status: 'PUBLISHED', srn: expect.stringMatching(/^urn:osa:localhost:rec:.*@1$/), findings: [] },
      { line: 2, sourceId: 'a2', status: 'INVALID', srn: null, findings: [expect.objectContaining({ field: 'pdb_id' })] },
      { line: 4, sourceId: 'a1', status: 'DUPLICATE', srn: lines[0].srn, findings: [] },
      { done: true, published: 1, revised: 0, changed: 0, duplicate: 1, invalid: 1, warnings: [expect.stringContaining('permanent')] },
    ])
    expect(await metadataOf('a1')).toEqual({ source: { type: 'import', id: 'a1', sourceNode: 'rcsb.org' }, metadata: { pdb_id: '1abc' } })
  })

  test('an invalid line is reported with its number and does not stop the import', async () => {
    const tooLong = lineOf('long', { pdb_id: 'x'.repeat(4_000_001) })
    const body = [
      '{"sourceId": "b1", ',
      '[]',
      '{"metadata": {}}',
      '{"sourceId":"b4","metadata":{},"fields":1}',
      tooLong,
      'NaN',
      lineOf('b7'),
    ].join('\n')
    const { lines } = await send(body)
    expect(lines.map((line) => [line.line, line.status])).toEqual([
      [1, 'INVALID'],
      [2, 'INVALID'],
      [3, 'INVALID'],
      [4, 'INVALID'],
      [5, 'INVALID'],
      [6, 'INVALID'],
      [7, 'PUBLISHED'],
      [undefined, undefined],
    ])
    expect(lines[4].findings[0].message).toContain('longer than')
    const bytes = Buffer.concat([Buffer.from('{"sourceId":"'), Buffer.from([0xff, 0xfe]), Buffer.from(`","metadata":{}}\n${lineOf('b8')}`)])
    expect((await send(bytes)).lines).toMatchObject([{ line: 1, status: 'INVALID' }, { line: 2, status: 'PUBLISHED' }, { done: true }])
  })

  test('CSV is typed by the schema: numbers, dates, lists as JSON, empty cells as nothing', async () => {
    const rows = [
      '\uFEFFsourceId,organisms,resolution,pdb_id,released',
      'c1,"[""Homo sapiens"",""Mus musculus""]",1.5,1abc,2020-02-29',
      '"c,2",,,2abc,',
      'c3,not a list,abc,3abc,2020-02-30',
      'c4,,1',
      'c5,,"x"y,5abc,',
      '"c\n7",,2,6abc,',
      'c8,,2,6abc,',
      'c9,,2,"6abc,',
      'c10,,2,6abc,',
    ]
    const { lines } = await send(rows.join('\r\n'), csv)
    expect(lines.map((line) => [line.line, line.sourceId, line.status])).toEqual([
      [2, 'c1', 'PUBLISHED'],
      [3, 'c,2', 'PUBLISHED'],
      [4, 'c3', 'INVALID'],
      [5, 'c4', 'INVALID'],
      [6, '', 'INVALID'],
      [7, 'c\n7', 'INVALID'],
      [9, 'c8', 'PUBLISHED'],
      [10, '', 'INVALID'],
      [11, 'c10', 'PUBLISHED'],
      [undefined, undefined, undefined],
    ])
    expect(lines[2].findings.map((one: { field: string }) => one.field)).toEqual(['resolution', 'organisms', 'released'])
    expect((await metadataOf('c1')).metadata).toEqual({
      pdb_id: '1abc',
      resolution: 1.5,
      organisms: ['Homo sapiens', 'Mus musculus'],
      released: '2020-02-29',
    })
    expect((await metadataOf('c,2')).metadata).toEqual({ pdb_id: '2abc' })
  })

  test('CSV with two stray quotes answers each record between them', async () => {
    const clean = ['q2,2abc,2', 'q3,3abc,3', 'q4,4abc,4', 'q5,5abc,5']
    const { lines } = await send(['sourceId,pdb_id,resolution', '"q1,1abc,1', ...clean, 'q6,"6abc,6', 'q7,7abc,7'].join('\n'), csv)
    expect(lines.map((line) => [line.line, line.sourceId, line.status])).toEqual([
      [2, '', 'INVALID'],
      [3, 'q2', 'PUBLISHED'],
      [4, 'q3', 'PUBLISHED'],
      [5, 'q4', 'PUBLISHED'],
      [6, 'q5', 'PUBLISHED'],
      [7, '', 'INVALID'],
      [8, 'q7', 'PUBLISHED'],
      [undefined, undefined, undefined],
    ])
  })

  test('gzip is unpacked as it comes, and broken gzip ends with an error after what was whole', async () => {
    const packed = gzipSync(Array.from({ length: 20_000 }, (_, i) => lineOf(`g${i}`)).join('\n'))
    const zipped = { ...ndjson, 'content-encoding': 'gzip' }
    const { lines } = await send(packed, zipped)
    expect(lines.at(-1)).toEqual({ done: true, published: 20_000, revised: 0, changed: 0, duplicate: 0, invalid: 0 })
    expect(lines.slice(0, -1).map((line) => line.line)).toEqual(Array.from({ length: 20_000 }, (_, i) => i + 1))

    const cut = await send(packed.subarray(0, packed.length / 2), zipped)
    expect(cut.lines.at(-1)).toMatchObject({ error: { code: 'BAD_USER_INPUT', field: 'content-encoding' } })
    expect(cut.lines.length).toBeGreaterThan(1000)
    expect(new Set(cut.lines.slice(0, -1).map((line) => line.status))).toEqual(new Set(['DUPLICATE']))
  })

  test('results come while lines are still being sent', async () => {
    const first = Promise.withResolvers<void>()
    const call = request(new URL('/import/proteins', archive.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...ndjson },
    })
    call.write(`${lineOf('slow1')}\n`)
    const [response] = await once(call, 'response')
    let text = ''
    response.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      first.resolve()
    })
    await first.promise
    expect(JSON.parse(text)).toMatchObject({ line: 1, status: 'PUBLISHED' })
    call.end(lineOf('slow2'))
    await once(response, 'end')
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ line: 1 }, { line: 2 }, { done: true, published: 2 }])
    // Without a source node, the records are this node's own.
    expect((await metadataOf('slow2')).source.sourceNode).toBe('localhost')
  })

  test('if the caller disconnects midway, committed records stay, and sending the file again continues', async () => {
    const all = Array.from({ length: 12_000 }, (_, i) => lineOf(`d${i}`))
    const call = request(new URL('/import/proteins', archive.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...ndjson },
    })
    call.on('error', () => {})
    call.write(`${all.slice(0, 11_000).join('\n')}\n`)
    const [response] = await once(call, 'response')
    await once(response, 'data')
    response.on('error', () => {})
    call.destroy()
    const counted = async () =>
      Number((await archive.database.pool.query(`select count(*) from record where source ->> 'id' like 'd%'`)).rows[0].count)
    expect(await counted()).toBeGreaterThanOrEqual(5_000)
    const { lines } = await send(all.join('\n'), ndjson, '/import/proteins')
    // What was being written when the caller left may have been kept as well; what had not been sent cannot have been.
    const { published, duplicate } = lines.at(-1)
    expect(published + duplicate).toBe(12_000)
    expect(duplicate).toBeGreaterThanOrEqual(5_000)
    expect(duplicate).toBeLessThanOrEqual(11_000)
    expect(await counted()).toBe(12_000)
    const { rows } = await archive.database.pool.query(`select count(*) from metadata.protein_v1`)
    expect(rows).toEqual((await archive.database.pool.query('select count(*) from record')).rows)
  })

  test('the import of a client that reads no answers is not read further', async () => {
    const call = request(new URL('/import/proteins', archive.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...ndjson },
    })
    call.on('error', () => {})
    // Without a listener, the client would read the answer and forget it.
    call.on('response', (response) => void response.on('error', () => {}).pause())
    const line = Buffer.from(`${lineOf('same')}\n`.repeat(20_000))
    let sent = 0
    let stalled = false
    while (!stalled && sent < 200) {
      sent += 1
      if (!call.write(line)) stalled = await Promise.race([once(call, 'drain').then(() => false), pause(2_000, true)])
    }
    expect(stalled).toBe(true)
    call.destroy()
  })

  test.each([
    ['without a token', { authorization: '' }, '/import/proteins', 401, 'UNAUTHENTICATED'],
    ['into no convention', {}, '/import/nothing', 404, 'NOT_FOUND'],
    ['into what is no slug', {}, '/import/No', 400, 'BAD_USER_INPUT'],
    ['of another type', { 'content-type': 'application/json' }, '/import/proteins', 400, 'BAD_USER_INPUT'],
    ['compressed otherwise', { 'content-encoding': 'br' }, '/import/proteins', 400, 'BAD_USER_INPUT'],
    ['from an empty node', {}, '/import/proteins?sourceNode=', 400, 'BAD_USER_INPUT'],
    ['of CSV without the column sourceId', csv, '/import/proteins', 400, 'BAD_USER_INPUT'],
  ])('%s is refused with a status', async (_, headers, path, status, code) => {
    const answer = await send(lineOf('never'), { ...ndjson, ...headers } as Record<string, string>, path)
    expect(answer.lines).toMatchObject([{ errors: [{ extensions: { code } }] }])
    expect(answer.status).toBe(status)
  })

  test('a caller without the right to write records may not import', async () => {
    const curator = await archive.sign({ subject: 'curator', roles: ['CURATOR'] })
    const answer = await send(lineOf('never'), { ...ndjson, authorization: `Bearer ${curator}` })
    expect(answer).toMatchObject({ status: 403, lines: [{ errors: [{ extensions: { code: 'FORBIDDEN' } }] }] })
  })
})

describe.each(topologies)('an archive in %s that is stopped', (topology) => {
  test('ends an import between two chunks and says so', async () => {
    const archive = await openArchive(topology)
    await archive.ask(deploy, { input: manifest() })
    const token = await archive.sign({ subject: 'importer', scopes: ['records:write'] })
    const call = request(new URL('/import/proteins', archive.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...ndjson },
    })
    call.on('error', () => {})
    call.write(`${lineOf('stop1')}\n`)
    const [response] = await once(call, 'response')
    let text = ''
    response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
    await once(response, 'data')
    const stopped = archive[Symbol.asyncDispose]()
    await once(response, 'end')
    call.destroy()
    await stopped
    const lines = text
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([{ line: 1, status: 'PUBLISHED' }, { error: { code: 'UNAVAILABLE' } }])
  })
})
