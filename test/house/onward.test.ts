import { describe, expect, test } from 'vitest'
import { onwardBreaches } from './onward-rule.ts'
import { codeFiles } from './tree.ts'

test('the gateway and the subgraphs call services through one module only', () => {
  expect(codeFiles().flatMap(onwardBreaches)).toEqual([])
})

describe('finds a breach', () => {
  test.each([
    "import http from 'node:http'",
    "import { request } from 'https'",
    "import http, { type ClientRequest } from 'node:http'",
    "const net = await import('node:net')",
    "const { connect } = require('tls')",
    "export { request } from 'node:http'",
    "import { Agent } from 'undici'",
    'await fetch(url)',
    'const call = fetch',
    'globalThis.fetch(url)',
    "globalThis['fetch'](url)",
    'new WebSocket(url)',
    'o.call ?? fetch',
    'return { get: fetch }',
  ])('%s', (line) => {
    expect(onwardBreaches({ path: 'gateway/a.ts', text: `\n${line}\n` })).toEqual([
      expect.stringMatching(/^gateway\/a\.ts:2 .* through gateway\/onward\/service\.ts$/),
    ])
    expect(onwardBreaches({ path: 'subgraphs/data/a.ts', text: line })).toHaveLength(1)
  })

  test.each([
    "import type { IncomingMessage } from 'node:http'",
    '// fetch it',
    '/** Calls fetch. */',
    '  * by `fetch`',
    'const prefetched = fetchRows(1)',
    'this.fetch(1)',
    "instead: 'objects to fetch by their page'",
  ])('but not in %s', (line) => expect(onwardBreaches({ path: 'gateway/a.ts', text: line })).toEqual([]))

  test('but not elsewhere', () => {
    expect(onwardBreaches({ path: 'sdk/client/a.ts', text: 'await fetch(url)' })).toEqual([])
    expect(onwardBreaches({ path: 'gateway/onward/service.ts', text: 'await fetch(url)' })).toEqual([])
  })
})
