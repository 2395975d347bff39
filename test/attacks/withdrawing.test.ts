import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const withdraw = 'mutation ($input: WithdrawRecordInput!) { withdrawRecord(input: $input) { srn } }'
const restore = 'mutation ($srn: SRN!) { restoreRecord(srn: $srn, reason: "Why not.") { srn } }'

describe.each(topologies)('withdrawing records of an archive in %s', (topology) => {
  let archive: TestArchive
  let srn: string
  beforeAll(async () => {
    archive = await openArchive(topology)
    await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input: manifest() })
    const { data } = await archive.ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { srn } } }', {
      input: {
        convention: 'proteins',
        source: { import: { sourceNode: 'here' } },
        records: [{ sourceId: 'a', metadata: { pdb_id: '1abc' } }],
      },
    })
    srn = data.publishRecords.results[0].srn
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  const unchanged = async () => {
    const { data } = await archive.ask('query ($srn: SRN!) { record(srn: $srn) { metadata withdrawn { kind } } }', { srn })
    expect(data.record).toEqual({ metadata: { pdb_id: '1abc' }, withdrawn: null })
  }

  test.each([
    ['nobody', undefined, 'UNAUTHENTICATED'],
    ['a reader', { roles: [] }, 'FORBIDDEN'],
    ['a depositor', { roles: ['DEPOSITOR'] }, 'FORBIDDEN'],
    ['a machine that may write records', { scopes: ['records:write'] }, 'FORBIDDEN'],
    ['a machine that may write everything', { scopes: ['records:write', 'conventions:write', 'hooks:write'] }, 'FORBIDDEN'],
  ] as const)('%s can neither withdraw nor restore', async (_, token, code) => {
    const ask = await archive.as(
      token && { roles: [...('roles' in token ? token.roles : [])], scopes: [...('scopes' in token ? token.scopes : [])] },
    )
    const inputs = [
      { srn, kind: 'RETRACTED', reason: 'Mine.' },
      { srn, kind: 'REMOVED', reason: 'Mine.', confirm: srn },
    ]
    for (const input of inputs) expect((await ask(withdraw, { input })).errors).toMatchObject([{ extensions: { code } }])
    expect((await ask(restore, { srn })).errors).toMatchObject([{ extensions: { code } }])
    await unchanged()
  })

  test('a curator can retract but not remove', async () => {
    const curator = await archive.as({ roles: ['CURATOR'] })
    const { errors } = await curator(withdraw, { input: { srn, kind: 'REMOVED', reason: 'Gone.', confirm: srn } })
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' }, message: expect.stringContaining('needs the role ADMIN') }])
    await unchanged()
  })

  test('a page shows what others wrote as text, and runs none of it', async () => {
    const script = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    expect((await archive.ask(withdraw, { input: { srn, kind: 'RETRACTED', reason: script } })).errors).toEqual([])
    const page = await fetch(new URL(`/records/${srn}`, archive.url), { headers: { accept: 'text/html' } })
    const text = await page.text()
    expect(text).toContain('&#60;script&#62;alert(1)')
    expect(text).not.toMatch(/<script|<img/)
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
  })
})
