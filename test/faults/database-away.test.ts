import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'
import { openSeverable, type Severable } from '../support/severable.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const bugReports = /a resolver failed|request failed|an import failed|a GraphQL request failed/

describe.each(topologies)('an archive in %s whose database is away', (topology) => {
  const lines: string[] = []
  let way: Severable
  let archive: TestArchive
  let token: string
  beforeAll(async () => {
    way = await openSeverable()
    archive = await openArchive(
      topology,
      { STRATA_LOG_LEVEL: 'warn' },
      { through: (url) => way.through(url), logged: (line) => void lines.push(line) },
    )
    token = await archive.sign({ subject: 'importer', scopes: ['records:write'] })
    expect((await archive.ask(deploy, { input: manifest() })).errors).toEqual([])
  })
  afterAll(async () => {
    await archive[Symbol.asyncDispose]()
    await way[Symbol.asyncDispose]()
  })

  test('answers UNAVAILABLE everywhere, reports no bug, and goes on when it is back', async () => {
    const authorization = `Bearer ${token}`
    const call = request(new URL('/import/proteins', archive.url), {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/x-ndjson' },
    })
    call.write(`${lineOf('first')}\n`)
    const [response] = await once(call, 'response')
    let streamed = ''
    response.setEncoding('utf8').on('data', (piece: string) => (streamed += piece))
    await once(response, 'data')

    await way.sever()
    call.end(`${lineOf('second')}\n`)
    await once(response, 'end')
    expect(
      streamed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ status: 'PUBLISHED' }, { error: { code: 'UNAVAILABLE' } }])

    const codes: unknown[] = []
    for (const query of [
      '{ conventions(first: 1) { nodes { slug } } }',
      '{ hooks(first: 1) { nodes { name } } }',
      '{ records(first: 1) { nodes { srn } } }',
    ]) {
      const { errors } = await archive.ask(query)
      codes.push(errors[0]?.extensions['code'])
    }
    codes.push((await archive.ask(deploy, { input: manifest() })).errors[0]?.extensions['code'])
    expect(codes).toEqual(codes.map(() => 'UNAVAILABLE'))

    const requests: [string, RequestInit][] = [
      [
        `/import/proteins`,
        { method: 'POST', headers: { authorization, 'content-type': 'application/x-ndjson' }, body: `${lineOf('third')}\n` },
      ],
      [`/files/sha256:${'0'.repeat(64)}`, { headers: { authorization } }],
    ]
    for (const [path, init] of requests) {
      const answer = await fetch(new URL(path, archive.url), init)
      expect([path, answer.status, (await answer.json()).errors[0].extensions.code]).toEqual([path, 503, 'UNAVAILABLE'])
    }
    expect(lines.filter((line) => bugReports.test(line))).toEqual([])

    await way.mend()
    await expect.poll(async () => (await archive.ask('{ conventions(first: 1) { nodes { slug } } }')).errors).toEqual([])
  })
})

function lineOf(id: string): string {
  return JSON.stringify({ sourceId: id, metadata: { pdb_id: '1abc' } })
}
