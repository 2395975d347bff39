import { request } from 'node:http'
import { expect, test } from 'vitest'
import { ask } from './fixture/ask.ts'
import { startGateway } from './fixture/start-gateway.ts'

const query = '{ books { isbn } }'

test('every answer has the security headers, whatever its status', async () => {
  await using gateway = await startGateway({ settings: { STRATA_RATE_PER_ADDRESS: '7' } })
  const answers = [
    await fetch(`${gateway.url}/healthz`),
    await fetch(`${gateway.url}/nothing`),
    await fetch(`${gateway.url}/%E0%A4%A`),
    await fetch(`${gateway.url}/graphql`, { method: 'PUT' }),
    await fetch(`${gateway.url}/graphql`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }),
    await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } }),
    await fetch(`${gateway.url}/`, { redirect: 'manual' }),
  ]
  while (answers.at(-1)?.status !== 429) answers.push(await fetch(`${gateway.url}/`, { redirect: 'manual' }))
  for (const { headers, url, status } of answers) {
    expect([url, status, headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([
      url,
      status,
      'nosniff',
      'no-referrer',
    ])
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/)
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*(unsafe|\*|data:)/)
    expect([headers.get('cross-origin-resource-policy'), headers.get('cross-origin-opener-policy')]).toEqual(['same-origin', 'same-origin'])
    expect([headers.get('strict-transport-security'), headers.get('access-control-allow-origin')]).toEqual([null, null])
  }
})

test('HSTS is set only if the public address is https', async () => {
  for (const [publicUrl, policy] of [
    ['https://a.example.org', 'max-age=31536000'],
    ['http://a.example.org', null],
  ] as const) {
    await using gateway = await startGateway({ settings: { STRATA_PUBLIC_URL: publicUrl } })
    expect((await fetch(`${gateway.url}/healthz`)).headers.get('strict-transport-security')).toBe(policy)
  }
})

test('a page of a listed origin may use the archive with its cookies; no other may, even a similar one', async () => {
  await using gateway = await startGateway({ settings: { STRATA_CORS_ORIGINS: 'https://viewer.example.org,http://localhost:5173' } })
  const preflight = (origin: string) =>
    send(gateway.url, 'OPTIONS', {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
    })

  for (const origin of ['https://viewer.example.org', 'http://localhost:5173']) {
    const { status, headers } = await preflight(origin)
    expect([status, headers['access-control-allow-origin'], headers['access-control-allow-credentials'], headers.vary]).toEqual([
      204,
      origin,
      'true',
      'origin',
    ])
    expect(headers['access-control-allow-headers']).toContain('authorization')
    const sent = await send(
      gateway.url,
      'POST',
      { origin, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
      JSON.stringify({ query }),
    )
    expect([sent.status, sent.headers['access-control-allow-origin'], sent.headers.vary]).toEqual([200, origin, 'origin, accept'])
  }
  for (const origin of ['https://viewer.example.org.evil.example', 'http://viewer.example.org', 'https://viewer.example.org:444', 'null']) {
    const { status, headers } = await preflight(origin)
    expect([status, headers['access-control-allow-origin'], headers['access-control-allow-credentials'], headers.vary]).toEqual([
      405,
      undefined,
      undefined,
      'origin',
    ])
    const sent = await send(
      gateway.url,
      'POST',
      { origin, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
      JSON.stringify({ query }),
    )
    expect([sent.status, sent.headers['access-control-allow-origin']]).toEqual([403, undefined])
  }
  expect((await ask(gateway.url, query)).headers.get('access-control-allow-origin')).toBeNull()
})

test('a link on another site opens the explorer', async () => {
  await using gateway = await startGateway()
  const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', accept: 'text/html' }
  expect((await send(gateway.url, 'GET', headers)).status).toBe(200)
})

/** Not `fetch`, which may not send what browsers send by themselves. */
function send(url: string, method: string, headers: Record<string, string>, body?: string) {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const sent = request(new URL('/graphql', url), { method, headers }, (response) => {
      response.resume().on('end', () => resolve({ status: response.statusCode, headers: response.headers }))
    })
    sent.on('error', reject).end(body)
  })
}
