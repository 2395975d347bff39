import { expect, test } from 'vitest'
import { parseSourceRef } from './source-ref.ts'

const names = ['main', 'master', 'trunk', 'develop', 'HEAD', 'latest', 'head', 'tip', 'TODO', 'Main', 'LATEST', 'todo']
const before = [
  '',
  'git:',
  '@',
  'git:@',
  'git:https://example.org/hooks@',
  'lab/pockets@',
  ' ',
  'git:https://example.org/hooks@refs/heads/',
]

test.each(names.flatMap((name) => before.map((start) => `${start}${name}`)))('"%s" is refused: it floats', (ref) => {
  expect(() => parseSourceRef(ref, 'sourceRef')).toThrow('will name other code later')
  expect(() => parseSourceRef(`${ref}+dirty`, 'sourceRef')).toThrow('will name other code later')
})

test.each([
  'git:https://example.org/hooks@0123456789abcdef0123456789abcdef01234567',
  'git:https://example.org/main@1.2.0',
  'README.md@1',
  'doi:10.1000/main',
  'git:maintenance-4',
  'mainframe',
  'abc1234+dirty',
])('"%s" is kept as given', (ref) => {
  expect(parseSourceRef(ref, 'sourceRef')).toBe(ref)
})
