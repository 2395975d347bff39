import { expect, test } from 'vitest'
import { inspectModule } from './inspect-module.ts'

test.each([
  'export default async function hook({ record }) { return [] }',
  'export default ({ record }) => []',
  'const hook = () => []; export { hook as default }',
  `import { createHash } from 'node:crypto'; export default () => [{ text: createHash('sha256').digest('hex') }]`,
  `export default async () => { const { gunzipSync } = await import('node:zlib'); return [] }`,
  `import path from "node:path"; export default path.join`,
])('a module that can run: %s', (source) => {
  expect(inspectModule(source)).toEqual([])
})

test.each([
  ['it does not parse', 'export default (\n', /does not parse: .*\(line \d\)/],
  ['types', 'export default (a: string) => []', /does not parse/],
  ['no default export', 'export const hook = () => []', /no default export\. Write `export default/],
  ['CommonJS', 'module.exports = () => []', /no default export/],
  ['the file system', `\nimport fs from 'node:fs'\nexport default () => []`, /imports "node:fs" \(line 2\), which a hook may not/],
  ['a bare name', `import 'fs'; export default () => []`, /imports "fs"/],
  ['a package', `import _ from 'lodash'; export default () => []`, /Bundle what you need/],
  ['another file', `export { default } from './hook.js'`, /imports ".\/hook.js"/],
  ['all of another file', `export * from './x.js'; export default () => []`, /imports ".\/x.js"/],
  ['data', `export default async () => import('data:text/javascript,1')`, /imports "data:/],
  ['a name made up at run time', `export default async (x) => import('node:' + x)`, /only known when it runs \(line 1\)/],
  [
    'the network',
    `import https from 'node:https'; export default () => []`,
    /imports "node:https" \(line 1\), which a hook may not\. Hooks have no network/,
  ],
  ['a template', 'export default async (x) => import(`node:${x}`)', /only known when it runs/],
])('a module that cannot: %s', (_, source, sentence) => {
  expect(inspectModule(source)).toEqual([expect.stringMatching(sentence)])
})

test('all that keeps a module from running is told at once', () => {
  expect(inspectModule(`import fs from 'node:fs'\nimport 'lodash'\nexport const hook = () => import('node:net')`)).toEqual([
    expect.stringContaining('"node:fs" (line 1)'),
    expect.stringContaining('"lodash" (line 2)'),
    expect.stringContaining('"node:net" (line 3)'),
    expect.stringContaining('no default export'),
  ])
})

test('an ingester’s module is judged as one', () => {
  expect(inspectModule(`import 'node:https'`, 'ingester')).toEqual([
    expect.stringMatching(/which an ingester may not\. An ingester reaches its source only through the `fetch` that it is given\./),
    expect.stringContaining('export default async function ingest({ session, since, limit, config, fetch })'),
  ])
})
