import { expect, test } from 'vitest'
import { isPublicAddress } from './public-host.ts'
import { parseRegistries, registryOf, whyNotAt, whyNotFrom, type Registries } from './registries.ts'

const registries = (text: string): Registries => parseRegistries(text) ?? expect.unreachable()
const isTaken = (text: string, image: string) => whyNotFrom(registries(text), image) === undefined

test.each([
  ['busybox', 'docker.io'],
  ['lab/pockets:1', 'docker.io'],
  ['index.docker.io/lab/x', 'docker.io'],
  ['localhost/x', 'localhost'],
  ['registry:5000/x', 'registry:5000'],
  ['ghcr.io/lab/x', 'ghcr.io'],
  ['ghcr.io:443/lab/x', 'ghcr.io'],
  ['127.0.0.1:5000/x', '127.0.0.1:5000'],
])('the registry of %s is %s', (image, registry) => {
  expect(registryOf(image)).toBe(registry)
})

test.each(['busybox', 'ghcr.io/lab/x', 'registry.example.org:5000/x', '8.8.8.8:5000/x'])('any public registry is allowed: %s', (image) => {
  expect(isTaken('*', image)).toBe(true)
  expect(isTaken('other.example.org', image)).toBe(false)
})

test.each([
  'localhost/x',
  'localhost:5000/x',
  '127.0.0.1:5000/x',
  '127.1:5000/x',
  '0x7f.1/x',
  '0x7f.0.0.0x1/x',
  '10.1.2.3/x',
  '172.16.0.1/x',
  '172.31.255.255/x',
  '192.168.1.1:5000/x',
  '169.254.169.254/x',
  '168.63.129.16/x',
  '100.100.100.200/x',
  'registry:5000/x',
  'metadata.google.internal/x',
  'reg.localhost/x',
  'reg.local/x',
  'registry.kube-system.svc/x',
  'registry.default.svc.cluster.local:5000/x',
  '0.0.0.0:80/x',
  '999.1.1.1/x',
])('a private registry is refused unless it is named: %s', (image) => {
  expect(isTaken('*', image)).toBe(false)
  expect(whyNotFrom(registries('*'), image)).toContain('STRATA_OCI_REGISTRIES')
  expect(isTaken(`*,${registryOf(image)}`, image)).toBe(true)
  expect(isTaken(registryOf(image), image)).toBe(true)
})

test('the same host on another port is another registry', () => {
  expect(isTaken('*,127.0.0.1:5000', '127.0.0.1:5001/x')).toBe(false)
})

test('a public name that resolves to a private address is not public', () => {
  expect(whyNotAt(registries('*'), 'ghcr.io/x', ['140.82.112.33', '::1'])).toContain('private network')
  expect(whyNotAt(registries('*'), 'ghcr.io/x', ['140.82.112.33', '2606:50c0:8000::154'])).toBeUndefined()
  expect(whyNotAt(registries('ghcr.io'), 'ghcr.io/x', ['10.0.0.1'])).toBeUndefined()
})

test.each([
  '::1',
  '::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1%eth0',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  'ff02::1',
  '2001:db8::1',
  'fd00:ec2::254',
  'x',
])('%s is not a public address', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '172.32.0.1', '::ffff:8.8.8.8', '2606:4700::1111', '64:ff9b::808:808'])('%s is a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each(['', ',', 'http://x', 'a b', 'ghcr.io/lab', 'x:port', '*.example.org'])('"%s" is not a valid list of registries', (text) => {
  expect(parseRegistries(text)).toBeUndefined()
})
