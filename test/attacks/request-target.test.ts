import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { sendRaw } from '../support/raw-http.ts'

/** Forms of a request target that may lead elsewhere than their text suggests. */
const forms = [
  'http://attacker.example/healthz',
  'https://attacker.example/files/x',
  'HTTP://127.0.0.1/healthz',
  '//attacker.example/files/x',
  '///files/x',
  '*',
  '/healthz#files',
]

const dotSegments = [
  '/files/../graphql',
  '/files/./graphql',
  '/files/%2e%2e/graphql',
  '/files/%2E%2e/graphql',
  '/files/.%2e/graphql',
  '/files/%2e./graphql',
  '/files/%252e%252e/graphql',
  '/files/%25252e%25252E/graphql',
  '/files/..%2fgraphql',
  '/files/..%2Fgraphql',
  '/files/..%252fgraphql',
  '/files/..%5cgraphql',
  '/files/%2e%2e%5Cgraphql',
  '/files/x%2f..%2f..%2fgraphql',
  '/files/..',
  '/files/%2e%2e',
  '/files/.',
  '/..',
  '/%2e%2e/healthz',
  '/data/../graphql',
  '/cite/..',
  '/provenance/%2e%2e',
  '/runs/../log',
  '/records/%2e%2e/files/x',
  '/records/x/files/%2e%2e',
  '/import/%2e%2e',
  '/files/..\\graphql',
]

describe.each(topologies)('in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => void (archive = await openArchive(topology)))
  afterAll(() => archive?.[Symbol.asyncDispose]())

  /** Sends a target to the gateway and, if there are any, to each service. */
  async function answers(method: string, target: string) {
    const all = [archive.url, ...Object.values(archive.subgraphUrls)]
    return Promise.all(
      all.map(async (url) => {
        const { status, body } = await sendRaw(url, [`${method} ${target} HTTP/1.1`, 'host: localhost', 'content-length: 0'])
        return `${status} ${/"code":"(\w+)"/.exec(body)?.[1]}`
      }),
    )
  }

  test.each(forms)('a request for %s is refused', async (target) => {
    for (const method of ['GET', 'POST', 'PUT']) expect(new Set(await answers(method, target))).toEqual(new Set(['400 BAD_USER_INPUT']))
  })

  test.each(dotSegments)('a request for %s is refused', async (target) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH'])
      expect(new Set(await answers(method, target))).toEqual(new Set(['400 BAD_USER_INPUT']))
  })

  test('the refusal says what is wrong with the address', async () => {
    const say = async (target: string) => (await sendRaw(archive.url, [`GET ${target} HTTP/1.1`, 'host: localhost'])).body
    expect(await say('http://attacker.example/healthz')).toContain('exactly one slash')
    expect(await say('/files/%2e%2e/graphql')).toContain('dot segment')
    expect(await say('/files/..\\graphql')).toContain('backslash')
  })

  test('dots elsewhere are ordinary characters', async () => {
    for (const path of ['{"next":"/../.."}', '{"a":"//b"}', '{"a":"%2e%2e"}'].map(
      (variables) => `/graphql?query={viewer{kind}}&variables=${variables}`,
    ))
      expect((await fetch(`${archive.url}${path}`, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(200)
    for (const path of ['/files/...', '/files/..x', '/files/x..', '/files/sha256:%2e%2ex']) {
      const { status, body } = await sendRaw(archive.url, [`GET ${path} HTTP/1.1`, 'host: localhost'])
      expect([path, status, body]).toEqual([path, 400, expect.stringContaining('digest')])
    }
  })

  test('an OPTIONS request for the whole server is answered, and a CONNECT is not served', async () => {
    expect((await sendRaw(archive.url, ['OPTIONS * HTTP/1.1', 'host: localhost'])).status).toBe(204)
    expect((await sendRaw(archive.url, ['CONNECT 127.0.0.1:80 HTTP/1.1', 'host: 127.0.0.1:80'])).status).not.toBe(200)
    expect((await fetch(`${archive.url}/healthz`)).status).toBe(200)
  })
})
