import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish = 'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }'
const log = `query ($operation: String, $actor: String, $first: Int, $after: String) {
  auditLog(operation: $operation, actor: $actor, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { at actor kind operation targets address requestId details } } }`

describe.each(topologies)('the audit log of an archive in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => void (archive = await openArchive(topology)))
  afterAll(() => archive?.[Symbol.asyncDispose]())

  const entries = async (filter: Record<string, unknown>) => {
    const { data, errors } = await archive.ask(log, filter)
    expect(errors).toEqual([])
    return data.auditLog
  }

  test('says who did what, on what, when and from where', async () => {
    const ada = await archive.as({ subject: 'ada', scopes: ['conventions:write'] })
    expect((await ada(deploy, { input: manifest({ files: { acceptedTypes: ['.txt'], minCount: 0 } }) })).errors).toEqual([])
    const { nodes } = await entries({ actor: 'user:ada' })
    expect(nodes).toEqual([
      {
        at: expect.any(String),
        actor: 'user:ada',
        kind: 'USER',
        operation: 'deploy',
        targets: ['convention:proteins'],
        address: '127.0.0.1',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        details: { events: [{ type: 'ConventionDeployed', slug: 'proteins', created: true }] },
      },
    ])
    expect(Math.abs(Date.now() - Date.parse(nodes[0].at))).toBeLessThan(60_000)
  })

  test('has no entry for refused calls, rollbacks of transactions and dry runs', async () => {
    const before = (await entries({})).totalCount
    await archive.ask(deploy, { input: manifest({ slug: 'No Slug' }) })
    await archive.ask(deploy, { input: manifest({ slug: 'tried', dryRun: true }) })
    await (
      await archive.as({ roles: ['CURATOR'] })
    )(deploy, { input: manifest() })
    await archive.ask('{ conventions { totalCount } }')
    expect((await entries({})).totalCount).toBe(before)
  })

  test('has counts instead of long lists', async () => {
    const records = Array.from({ length: 150 }, (_, i) => ({
      sourceId: `r${i}`,
      metadata: { pdb_id: `${i % 10}${String(i).padStart(3, '0')}` },
    }))
    const { data } = await archive.ask(publish, {
      input: { convention: 'proteins', source: { import: { sourceNode: 'rcsb.org' } }, records },
    })
    expect(data.publishRecords.publishedCount).toBe(150)
    const { nodes } = await entries({ operation: 'publishRecords' })
    expect(nodes[0].details.events).toEqual([{ type: 'RecordsPublished', convention: 'proteins', recordIdsCount: 150 }])
  })

  test('includes plain HTTP routes, where narrowed scopes also apply', async () => {
    const authorization = `Bearer ${await archive.sign({ subject: 'ci', scopes: ['records:write:proteins'] })}`
    const send = (path: string, method: string, type: string, body: string) =>
      fetch(new URL(path, archive.url), { method, headers: { authorization, 'content-type': type }, body })
    const line = '{"sourceId": "over-http", "metadata": {"pdb_id": "4hhb"}}\n'
    expect((await send('/import/proteins?sourceNode=a.org', 'POST', 'application/x-ndjson', line)).status).toBe(200)
    expect((await send('/import/others?sourceNode=a.org', 'POST', 'application/x-ndjson', line)).status).toBe(403)
    expect((await send('/files', 'PUT', 'text/plain', 'hello')).status).toBe(403)
    expect((await send('/files?convention=others', 'PUT', 'text/plain', 'hello')).status).toBe(403)
    const upload = await send('/files?convention=proteins&name=a.txt', 'PUT', 'text/plain', 'hello')
    expect(upload.status, await upload.clone().text()).toBe(201)
    const { digest } = (await upload.json()) as { digest: string }
    const { nodes } = await entries({ actor: 'user:ci' })
    expect(nodes.map(({ operation, targets, address }: Record<string, unknown>) => ({ operation, targets, address }))).toEqual([
      { operation: 'uploadFile', targets: ['convention:proteins', `file:${digest}`], address: '127.0.0.1' },
      { operation: 'importRecords', targets: ['convention:proteins'], address: '127.0.0.1' },
    ])
  })

  test('is read page by page, newest first', async () => {
    const first = await entries({ first: 1 })
    expect(first).toMatchObject({ nodes: [{ operation: 'uploadFile' }], pageInfo: { hasNextPage: true } })
    const second = await entries({ first: 1, after: first.pageInfo.endCursor })
    expect(second.nodes[0].operation).toBe('importRecords')
  })

  test.each(['UPDATE audit_event SET actor = $$nobody$$', 'DELETE FROM audit_event', 'TRUNCATE audit_event', 'DELETE FROM token'])(
    'stands: %s',
    async (sql) => {
      await archive.ask('mutation { createToken(input: { subject: "ada" }) { id } }')
      await expect(archive.database.pool.query(sql)).rejects.toThrow(/immutable|permission denied/)
    },
  )

  test('is rolled back with the change, and the change with it', async () => {
    await archive.database.pool.query(`ALTER TABLE audit_event ADD CONSTRAINT no_more CHECK (operation <> 'deploy') NOT VALID`)
    const { errors } = await archive.ask(deploy, { input: manifest({ slug: 'unaudited' }) })
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }])
    await archive.database.pool.query('ALTER TABLE audit_event DROP CONSTRAINT no_more')
    expect((await archive.ask('{ convention(slug: "unaudited") { slug } }')).data).toEqual({ convention: null })
  })

  test('a revoked token stays revoked', async () => {
    const { data } = await archive.ask('mutation { createToken(input: { subject: "ada" }) { id } }')
    const { id } = data.createToken
    await archive.ask('mutation ($id: ID!) { revokeToken(id: $id) }', { id })
    await expect(archive.database.pool.query('UPDATE token SET revoked_at = NULL WHERE id = $1', [id])).rejects.toThrow('immutable')
    expect((await entries({ operation: 'revokeToken' })).nodes[0]).toMatchObject({ actor: 'user:operator', targets: [`token:${id}`] })
  })
})
