import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { undeclaredImports, type Declared } from './declared-rule.ts'
import { codeFiles, root } from './tree.ts'

function declaredIn(folder: string): Declared {
  const manifest = join(root, folder, 'package.json')
  const { dependencies, devDependencies } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
  return { dependencies: new Set(Object.keys(dependencies ?? {})), devDependencies: new Set(Object.keys(devDependencies ?? {})) }
}

test('every package declares what its files import', () => {
  const top = declaredIn('.')
  const files = codeFiles()
  expect(files.length).toBeGreaterThan(500)
  expect(
    files.flatMap((file) => undeclaredImports(file, declaredIn(file.path.includes('/') ? file.path.split('/')[0]! : '.'), top)),
  ).toEqual([])
})

describe('a breach is found', () => {
  const own: Declared = { dependencies: new Set(['fastify', '@strata/domain']), devDependencies: new Set(['ajv']) }
  const top: Declared = { dependencies: new Set(), devDependencies: new Set(['vitest']) }
  const breaches = (path: string, text: string) => undeclaredImports({ path, text }, own, top)

  test('in a library, in a deep import of one and in a package of this repository', () => {
    expect(breaches('gateway/a.ts', "import 'kysely'\nimport '@aws-sdk/client-s3/x'\nimport type { A } from '@strata/prisma'")).toEqual([
      'gateway/a.ts:1 imports kysely, which gateway/package.json does not declare',
      'gateway/a.ts:2 imports @aws-sdk/client-s3, which gateway/package.json does not declare',
      'gateway/a.ts:3 imports @strata/prisma, which gateway/package.json does not declare',
    ])
  })

  test('in code that runs in an archive and needs a development dependency', () => {
    expect(breaches('gateway/a.ts', "import 'ajv'\nimport 'vitest'")).toHaveLength(2)
    expect(breaches('gateway/a.test.ts', "import 'ajv'\nimport 'vitest'")).toEqual([])
  })

  test('and not in what is declared, Node itself or the same package', () => {
    expect(
      breaches(
        'gateway/a.ts',
        "import 'fastify'\nimport 'node:fs'\nimport './b.ts'\nimport '@strata/domain/record'\nimport '@strata/gateway/x'",
      ),
    ).toEqual([])
  })
})
