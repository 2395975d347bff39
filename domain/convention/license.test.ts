import { expect, test } from 'vitest'
import { licenseAddress, parseLicense } from './license.ts'

const parse = (text: string) => parseLicense(text, 'input.license')

test('an SPDX expression and an address are valid licences, stored as given', () => {
  for (const license of [
    'CC-BY-4.0',
    'CC0-1.0',
    'ODbL-1.0',
    'GPL-3.0',
    'Apache-2.0+',
    'MIT OR (CC-BY-4.0 AND ODbL-1.0)',
    'GPL-2.0-or-later WITH Classpath-exception-2.0',
    'https://example.org/terms?of=use#data',
    'http://example.org/',
  ]) {
    expect(parse(` ${license}\n`)).toBe(license)
  }
})

test('a name that is not on the list is refused, with the closest one', () => {
  const meant: Readonly<Record<string, string>> = {
    'cc-by-4.0': 'CC-BY-4.0',
    'CC BY 4.0': 'CC-BY-4.0',
    'CC-BY': 'CC-BY-4.0',
    'CC-BY-NC 3.0': 'CC-BY-NC-3.0',
    CC0: 'CC0-1.0',
    odbl: 'ODbL-1.0',
    mit: 'MIT',
    'Apache License, Version 2.0': 'Apache-2.0',
    'CC-YB-4.0': 'CC-BY-4.0',
    'MIT OR Apche-2.0': 'Apache-2.0',
  }
  for (const [given, id] of Object.entries(meant)) expect(() => parse(given), given).toThrow(`Did you mean "${id}"?`)
  expect(() => parse('Our own terms')).toThrow(
    '"Our own terms" is not on SPDX\'s list of licences, https://spdx.org/licenses. Or give the address of the licence\'s text.',
  )
})

test('a wrong combination of licences and a wrong name give different errors', () => {
  for (const text of ['MIT OR', 'MIT AND (CC-BY-4.0', 'CC-BY-4.0 CC0-1.0', '()', '('.repeat(900)]) {
    expect(() => parse(text), text).toThrow('combine licences like')
  }
})

test('any other value is refused with its path', () => {
  for (const text of [
    '',
    '  ',
    '\0',
    'x'.repeat(1_001),
    'LicenseRef-ours',
    'DocumentRef-a:LicenseRef-b',
    'ftp://example.org/terms',
    'https://',
    'https://a b.org',
    'https://me:secret@example.org/',
    'https://example.org/"><script>',
    'javascript://example.org/%0aalert(1)',
    'https://example.org/\ud800',
  ]) {
    expect(() => parse(text), text).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', field: 'input.license' }))
  }
})

test('one licence has an address, a combination of several has none', () => {
  expect(licenseAddress('CC-BY-4.0')).toBe('https://spdx.org/licenses/CC-BY-4.0')
  expect(licenseAddress('https://example.org/terms')).toBe('https://example.org/terms')
  expect(licenseAddress('MIT OR CC-BY-4.0')).toBeUndefined()
  expect(licenseAddress('Apache-2.0+')).toBeUndefined()
})
