import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { sendRaw } from '../support/raw-http.ts'

const local = [
  'localhost',
  'localhost:4000',
  'LOCALHOST',
  'archive.localhost',
  'localhost.',
  '127.0.0.1',
  '127.9.8.7:80',
  '[::1]',
  '[::1]:4000',
]

const foreign = [
  'attacker.example',
  'attacker.example:4000',
  'localhost.attacker.example',
  '127.0.0.1.attacker.example',
  'xlocalhost',
  '10.0.0.1',
  '0.0.0.0',
  '192.168.1.5',
  '[::2]',
  '[fe80::1]',
  '169.254.169.254',
  '2130706433',
]

const nonsense = [
  'localhost@attacker.example',
  'localhost/x',
  'localhost:x',
  '[::1',
  '[::1].attacker.example',
  'local host',
  'localhost,attacker.example',
  '',
]

describe.each(topologies)('in %s', (topology) => {
  let archive: TestArchive
  const ask = (target: string, ...hosts: string[]) =>
    sendRaw(archive.url, [`GET ${target} HTTP/1.1`, ...hosts.map((host) => `Host: ${host}`)])
  const statusOf = async (...hosts: string[]) => (await ask('/healthz', ...hosts)).status

  describe('an archive without a public address', () => {
    beforeAll(async () => void (archive = await openArchive(topology)))
    afterAll(() => archive?.[Symbol.asyncDispose]())

    test.each(local)('answers requests for %j', async (host) => expect(await statusOf(host)).toBe(200))

    test.each(foreign)('refuses requests for %j, as a web page would send them', async (host) => {
      for (const target of ['/healthz', '/', '/openapi.json', '/nothing', '/files/x', '/sign-in?code=x', '/graphql?query={viewer{kind}}']) {
        const { status, body } = await ask(target, host)
        expect([target, status]).toEqual([target, 421])
        expect(body).toContain('STRATA_PUBLIC_URL')
      }
    })

    test.each(nonsense)('rejects %j as an invalid host', async (host) => expect(await statusOf(host)).toBe(400))

    test('refuses a request with two Host headers, even equal ones, and a request with none', async () => {
      expect(await statusOf('localhost', 'localhost')).toBe(400)
      expect(await statusOf('localhost', 'attacker.example')).toBe(400)
      expect(await statusOf('attacker.example', 'localhost')).toBe(400)
      expect(await statusOf()).toBe(400)
      expect((await ask('/healthz', 'localhost', 'localhost')).body).toContain('Host')
      for (const url of Object.values(archive.subgraphUrls)) {
        expect((await sendRaw(url, ['GET /readyz HTTP/1.1', 'host: a', 'host: b'])).status).toBe(400)
      }
    })

    test('uses its own name in links, not the name in the request', async () => {
      for (const target of ['/openapi.json', '/llms.txt']) {
        const { body } = await ask(target, 'decoy.localhost:1')
        expect(body).not.toContain('decoy')
        expect(body).toContain(archive.url)
      }
    })

    test('ignores another name in the headers of a proxy', async () => {
      const { status, body } = await sendRaw(archive.url, [
        'GET /openapi.json HTTP/1.1',
        'host: localhost',
        'x-forwarded-host: attacker.example',
        'x-strata-origin: http://attacker.example',
      ])
      expect([status, body.includes('attacker')]).toEqual([200, false])
      const list = await sendRaw(archive.url, [
        'GET /llms.txt HTTP/1.1',
        'host: localhost',
        'x-forwarded-host: attacker.example',
        'x-strata-origin: http://attacker.example',
      ])
      expect([list.status, list.body.includes('attacker')]).toEqual([200, false])
    })

    test('its services answer under any name that the network has for them', async () => {
      for (const url of Object.values(archive.subgraphUrls)) {
        expect((await sendRaw(url, ['GET /readyz HTTP/1.1', 'host: records.strata.svc.cluster.local:4000'])).status).toBe(200)
      }
    })
  })

  describe('an archive with a public address', () => {
    beforeAll(async () => {
      archive = await openArchive(topology, {
        STRATA_PUBLIC_URL: 'https://archive.example.org',
        STRATA_HOST_NAMES: 'gateway,archive.internal.example',
        STRATA_TRUSTED_PROXIES: '127.0.0.1',
      })
    })
    afterAll(() => archive?.[Symbol.asyncDispose]())

    test('answers under its public name, its configured names and loopback', async () => {
      for (const host of ['archive.example.org', 'ARCHIVE.example.org:443', 'gateway:4000', 'archive.internal.example', ...local])
        expect([host, await statusOf(host)]).toEqual([host, 200])
      for (const host of [...foreign, 'example.org', 'x.archive.example.org']) expect([host, await statusOf(host)]).toEqual([host, 421])
      expect((await ask('/healthz', 'attacker.example')).body).toContain('STRATA_HOST_NAMES')
    })

    test('refuses another host in X-Forwarded-Host, even from a trusted proxy', async () => {
      const forwarded = (host: string) =>
        sendRaw(archive.url, ['GET /healthz HTTP/1.1', 'host: archive.example.org', `x-forwarded-host: ${host}`])
      expect((await forwarded('archive.example.org')).status).toBe(200)
      expect((await forwarded('attacker.example')).status).toBe(421)
    })

    test('uses its public address in links', async () => {
      for (const target of ['/openapi.json', '/llms.txt']) {
        const { body } = await ask(target, 'localhost:1')
        expect(body).toContain('https://archive.example.org')
        expect(body).not.toContain('localhost:1')
      }
    })
  })
})
