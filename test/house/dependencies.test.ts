import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { licenceBreaches, tableBreaches } from './dependency-rule.ts'
import { directLibraries, installedLibraries } from './packages.ts'
import { root } from './tree.ts'

test('docs/dependencies.md lists every direct dependency with its licence, and no other', () => {
  expect(tableBreaches(directLibraries(), readFileSync(join(root, 'docs/dependencies.md'), 'utf8'))).toEqual([])
})

test('nothing copyleft is installed but what the page explains', () => {
  const installed = installedLibraries()
  expect(installed.length).toBeGreaterThan(100)
  expect(licenceBreaches(installed)).toEqual([])
})

describe('a breach is found', () => {
  test('in a licence', () => {
    const breaches = licenceBreaches([
      { name: 'a', licence: 'GPL-3.0' },
      { name: 'b', licence: 'MIT AND AGPL-3.0' },
      { name: 'c', licence: 'Elastic-2.0' },
      { name: 'd', licence: 'none' },
      { name: 'e', licence: '(MIT OR GPL-2.0)' },
      { name: '@apollo/gateway', licence: 'Elastic-2.0' },
    ])
    expect(breaches).toEqual(['a is GPL-3.0', 'b is MIT AND AGPL-3.0', 'c is Elastic-2.0', 'd is none'])
  })

  test('in the table', () => {
    const libraries = [
      { name: 'a', licence: 'MIT' },
      { name: 'b', licence: 'MIT' },
    ]
    expect(tableBreaches(libraries, '| `a` | why | ISC | none |\n| `c` | why | MIT | none |')).toEqual([
      'b is not listed',
      'a is listed as ISC, but is MIT',
      'c is listed, but nothing asks for it',
    ])
  })
})
