import { expect, test } from 'vitest'
import { hostOfAddress, isLoopbackHost, parseHost } from './host-name.ts'

test.each([
  ['localhost', 'localhost'],
  ['LocalHost:4000', 'localhost'],
  ['a.example.', 'a.example'],
  ['a.example.:80', 'a.example'],
  ['127.0.0.1:1', '127.0.0.1'],
  ['[::1]', '[::1]'],
  ['[2001:DB8::1]:80', '[2001:db8::1]'],
  ['my_service:80', 'my_service'],
  ['a:', 'a'],
])('%j means the host %s', (header, host) => expect(parseHost(header)).toBe(host))

test.each([
  '',
  ':80',
  'a b',
  'a@b',
  'a/b',
  'a,b',
  'a:x',
  'a:123456',
  '[::1',
  '::1',
  '[::1]x',
  '[1.2.3.4]',
  '[a]',
  'ä.example',
  'a\tb',
  '.',
])('%j is not a host', (header) => expect(parseHost(header)).toBeUndefined())

test('only names that cannot point elsewhere are loopback', () => {
  expect(['localhost', 'a.b.localhost', '127.0.0.1', '127.255.0.9', '[::1]'].filter((host) => !isLoopbackHost(host))).toEqual([])
  expect(
    ['xlocalhost', 'localhost.example', '127.0.0.1.example', '127.example', '0.0.0.0', '[::]', '128.0.0.1'].filter(isLoopbackHost),
  ).toEqual([])
})

test('formats an address as a Host header does', () => {
  expect(['127.0.0.1', '::1', '::ffff:10.0.0.1', 'FE80::1'].map(hostOfAddress)).toEqual(['127.0.0.1', '[::1]', '10.0.0.1', '[fe80::1]'])
})
