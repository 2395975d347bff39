import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  domainBreaches,
  environmentBreaches,
  infrastructureBreaches,
  lengthBreaches,
  nameBreaches,
  topLevel,
  topLevelBreaches,
} from './placement-rule.ts'
import { codeFiles, root, walk } from './tree.ts'

const { folders, files } = walk()
const within = (folder: string) => folders.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1))
const flat = (paths: readonly string[]) => paths.filter((path) => !path.includes('/'))

describe('the tree is the one the design describes', () => {
  test('at the top level', () => {
    expect(topLevelBreaches(flat(folders), flat(files))).toEqual([])
  })

  test('in domain/, whose folders are the bounded contexts', () => {
    expect(domainBreaches(flat(within('domain')))).toEqual([])
  })

  test('in infrastructure/, whose folders are technologies and ports', () => {
    const readme = readFileSync(join(root, 'infrastructure/README.md'), 'utf8')
    expect(infrastructureBreaches(within('infrastructure'), readme)).toEqual([])
  })

  test('with names that say what is inside', () => {
    expect(nameBreaches([...folders, ...files])).toEqual([])
  })

  test('in files short enough to be read', () => {
    expect(codeFiles().flatMap(lengthBreaches)).toEqual([])
  })

  test('with one place that reads the environment', () => {
    expect(codeFiles().flatMap(environmentBreaches)).toEqual([])
  })
})

describe('a breach is found', () => {
  test('at the top level', () => {
    const breaches = topLevelBreaches([...topLevel.folders.slice(1), 'lib'], [...topLevel.files, 'notes.txt'])
    expect(breaches).toEqual([
      'bench/ is missing from the top level',
      'lib/ is not a folder of this house',
      'notes.txt does not belong at the top level',
    ])
  })

  test('in domain/', () => {
    expect(domainBreaches(['record', 'postgres'])).toEqual(['domain/postgres/ is not a bounded context'])
  })

  test('in infrastructure/', () => {
    expect(infrastructureBreaches(['queue', 'records', 'postgres', 'postgres/registry'], '| `postgres/` | `queue/` |')).toEqual([
      'infrastructure/records/ names neither a technology nor a port',
      'infrastructure/README.md does not list `records/`',
      'infrastructure/records/ is named after a bounded context',
      'infrastructure/postgres/registry/ is named after a bounded context',
    ])
  })

  test('in a name', () => {
    expect(nameBreaches(['domain/utils', 'domain/record/helpers.ts', 'gateway/queue-manager.ts', 'gateway/managed.ts'])).toHaveLength(3)
  })

  test('in a long file', () => {
    expect(lengthBreaches({ path: 'a.ts', text: 'x\n'.repeat(300) })).toEqual([])
    expect(lengthBreaches({ path: 'a.ts', text: 'x\n'.repeat(301) })).toHaveLength(1)
  })

  test('in a file that reads the environment', () => {
    expect(environmentBreaches({ path: 'standalone/main.ts', text: 'loadConfig(process.env)' })).toEqual([])
    expect(environmentBreaches({ path: 'gateway/a.ts', text: 'a\nprocess.env.HOME' })).toEqual([
      'gateway/a.ts:2 reads the environment; only infrastructure/environment does',
    ])
    expect(environmentBreaches({ path: 'gateway/a.ts', text: "import { env } from 'node:process'" })).toHaveLength(1)
  })
})
