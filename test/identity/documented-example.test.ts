import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openArchive, temporaryDirectory } from '../support/index.ts'
import { graphqlClient } from '../support/graphql-client.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/identity.md'), 'utf8')

test('the example in docs/identity.md creates keys and a token that the archive accepts', async () => {
  await using directory = await temporaryDirectory()
  symlinkSync(join(root, 'infrastructure/node_modules'), join(directory.path, 'node_modules'))
  const [first, second] = [...page.matchAll(/```js (\S+)\n([^]*?)```/g)].map(([, name = '', code = '']) => {
    writeFileSync(join(directory.path, name), code)
    return () => execFileSync(process.execPath, [name], { cwd: directory.path, encoding: 'utf8' }).trim()
  })
  first?.()
  const settings = [...page.matchAll(/^(STRATA_MACHINE_\w+)=(\S+)/gm)].map(([, name = '', value = '']) => [name, value])
  const jwks = join(directory.path, 'keys.json')
  await using archive = await openArchive('one process', { ...Object.fromEntries(settings), STRATA_MACHINE_JWKS: jwks })

  const { data } = await graphqlClient(archive.url, second?.())('{ viewer { kind subject roles scopes } }')
  expect(data.viewer).toEqual({
    kind: 'MACHINE',
    subject: 'https://ci.example.org#repo:my-group/protein-hooks',
    roles: [],
    scopes: ['conventions:write:proteins', 'hooks:write:find_pockets'],
  })
})
