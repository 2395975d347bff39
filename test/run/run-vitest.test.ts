import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { summary } from './summary.ts'
import { finalLine, nothing } from './tally.ts'

const root = join(import.meta.dirname, '../..')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(root, 'node_modules/.strata-tally-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs vitest, as the test command does, over one file with this text. */
function tallyOf(text: string): unknown {
  writeFileSync(join(folder, 'one.test.ts'), `import { afterAll, describe, expect, test } from 'vitest'\n${text}`)
  const program = `
    const { runVitest } = await import(${JSON.stringify(join(import.meta.dirname, 'run-vitest.ts'))})
    const tally = await runVitest(['one'], ${JSON.stringify(folder)})
    console.log('TALLY' + JSON.stringify(tally))`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', cwd: folder })
  return JSON.parse(/^TALLY(.*)$/m.exec(stdout)?.[1] ?? 'null')
}

test('passed, failed and skipped tests are distinguished, with the reason of a skip', () => {
  const tally = tallyOf(`
    test('good', () => {})
    test('bad', () => { expect(1).toBe(2) })
    test('not here', (context) => context.skip('no cluster'))
    test.todo('later')`)
  expect(tally).toMatchObject({
    passed: 1,
    failed: ['one.test.ts > bad'],
    skipped: [{ name: 'one.test.ts > not here', reason: 'no cluster' }, { name: 'one.test.ts > later' }],
  })
})

test('a file that cannot be loaded counts as failed', () => {
  expect(tallyOf(`throw new Error('broken at once')`)).toMatchObject({ passed: 0, failed: ['one.test.ts: broken at once'] })
})

test('a hook that fails counts as failed', () => {
  const tally = tallyOf(`describe('s', () => { afterAll(() => { throw new Error('left dirty') }); test('good', () => {}) })`)
  expect(tally).toMatchObject({ passed: 1, failed: ['s: left dirty'] })
})

test('an error that escapes every test counts as failed', () => {
  const tally = tallyOf(
    `test('good', async () => { setTimeout(() => { throw new Error('escaped') }); await new Promise((r) => setTimeout(r, 50)) })`,
  )
  expect(tally).toMatchObject({ passed: 1, failed: ['outside any test: escaped'] })
})

test('the summary has one line for each missing tool, and names what else was skipped or failed', () => {
  const skipped = [
    { file: '/a.test.ts', name: 'a > one', reason: undefined },
    { file: '/a.test.ts', name: 'a > two', reason: undefined },
    { file: '/b.test.ts', name: 'b > three', reason: 'no cluster' },
    { file: '/c.test.ts', name: 'c > four', reason: undefined },
    { file: '/d.test.ts', name: 'd > five', reason: undefined },
  ]
  const missing = ['/a.test.ts', '/d.test.ts'].map((file) => ({ file, name: 'Redis', missing: 'redis-server is not installed.' }))
  expect(summary({ ...nothing, skipped, failed: ['e > six'] }, missing)).toEqual([
    'skipped: 3 tests that need Redis: redis-server is not installed.',
    'skipped: c > four',
    'skipped: b > three (no cluster)',
    'failed: e > six',
  ])
})

test('the summary of a long run names its ten slowest files', () => {
  const files = Array.from({ length: 12 }, (_, i) => ({ name: `${i}.test.ts`, milliseconds: i * 1_000 }))
  const lines = summary({ ...nothing, files }, [])
  expect(lines).toHaveLength(11)
  expect(lines.slice(0, 3)).toEqual(['slowest files:', '    11.0 s  11.test.ts', '    10.0 s  10.test.ts'])
})

test('the final line names skips only when there are some', () => {
  expect(finalLine({ ...nothing, passed: 2 })).toBe('2 passed, 0 failed')
  expect(finalLine({ passed: 2, failed: ['a'], skipped: [{ file: 'f', name: 'b', reason: undefined }], files: [] })).toBe(
    '2 passed, 1 failed, 1 skipped',
  )
})
