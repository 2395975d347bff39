import { expect, test } from 'vitest'
import { onwardAddress, segmentsOf } from './onward-address.ts'

const target = new URL('http://records:4000/graphql')

test('a call goes to the service, with a path of exactly its segments', () => {
  const address = (...segments: string[]) => onwardAddress(target, segments).href
  expect(address('files', 'sha256:00')).toBe('http://records:4000/files/sha256%3A00')
  expect(address('records', 'urn:osa:a.org:rec:1@1', 'files', 'ä "b" %2F.csv')).toBe(
    'http://records:4000/records/urn%3Aosa%3Aa.org%3Arec%3A1%401/files/%C3%A4%20%22b%22%20%252F.csv',
  )
  expect(onwardAddress(target, ['import', 'a'], new URLSearchParams({ sourceNode: 'b&c=d#e' })).href).toBe(
    'http://records:4000/import/a?sourceNode=b%26c%3Dd%23e',
  )
})

test.each([
  'http://attacker.example/',
  '//attacker.example',
  '/',
  '\\\\attacker.example',
  '@attacker.example',
  '../graphql',
  '..\\graphql',
  '%2e%2e',
  '%2e%2e/graphql',
  '..%2fgraphql',
  '?a=b',
  '#a',
  '\t//attacker.example',
  '\u0000',
  'a:b@c',
  '. .',
  '\u2024\u2024',
  '．．',
  '...',
])('%j stays one segment below the service', (text) => {
  const address = onwardAddress(target, ['files', text])
  expect(address.origin).toBe(target.origin)
  expect(address.pathname.split('/').slice(0, 2)).toEqual(['', 'files'])
  expect(decodeURIComponent(address.pathname.split('/').slice(2).join(' more '))).toBe(text)
  expect([address.search, address.hash]).toEqual(['', ''])
})

test.each(['', '.', '..', '\ud800'])('%j is refused', (text) =>
  expect(() => onwardAddress(target, ['files', text])).toThrow(/The address (has|contains)/),
)

test('builds the segments of a route', () => {
  expect(segmentsOf('/runs/:id/log', { id: 'x/y' })).toEqual(['runs', 'x/y', 'log'])
  expect(segmentsOf('/llms.txt', {})).toEqual(['llms.txt'])
  expect(() => segmentsOf('/runs/:id/log', {})).toThrow(':id')
})
