import { expect, test } from 'vitest'
import { codeFiles, type SourceFile } from './tree.ts'

const outlive = 'infrastructure/postgres/session/outlive.ts'

test('every connection to PostgreSQL may be lost without ending the process', () => {
  expect(codeFiles().flatMap(breaches)).toEqual([])
})

test.each(['new Client({})', 'new pg.Client({})', 'const pool = new Pool({})', 'new LendingPool(config)'])(
  '%s alone is a breach',
  (made) => {
    expect(breaches({ path: 'workers/a.ts', text: `import pg from 'pg'\n${made}` })).toEqual([
      'workers/a.ts: open connections through ' + outlive,
    ])
  },
)

/** The driver emits `error` on a client that is lost; without a listener that ends the process. */
function breaches({ path, text }: SourceFile): string[] {
  if (!/^(gateway|subgraphs|workers|infrastructure|standalone)\//.test(path) || path.endsWith('.test.ts') || path === outlive) return []
  const opensClient = /\bfrom 'pg'/.test(text) && /\bnew (pg\.)?Client\(/.test(text)
  const opensPool = /\bnew (pg\.)?(Lending|Fair)?Pool\(/.test(text) && !text.includes('outliveLostClients(')
  return opensClient || opensPool ? [`${path}: open connections through ${outlive}`] : []
}
