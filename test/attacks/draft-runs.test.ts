import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { depositorOn } from '../support/depositor.ts'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'

// A run over a draft. Checks everything that the run reveals about the draft, on every way out of the archive.

const secret = 'the-secret-of-the-draft'
const readers = {
  nobody: undefined,
  'another depositor': { subject: 'bob', roles: ['DEPOSITOR'] },
  'somebody of almost the owner’s name': { subject: 'Alice', scopes: ['records:write'] },
  'a machine that publishes': { subject: 'ci', scopes: ['records:write', 'conventions:write'] },
  'a machine for another hook': { subject: 'ci', scopes: ['hooks:write:another'] },
  owner: { subject: 'alice', roles: ['DEPOSITOR'] },
  curator: { subject: 'carol', roles: ['CURATOR'] },
  admin: { subject: 'ada', roles: ['ADMIN'] },
  'a machine that runs hooks': { subject: 'ci', scopes: ['hooks:write'] },
} as const satisfies Record<string, Parameters<TestArchive['as']>[0]>
type Reader = keyof typeof readers
const mayRead: readonly Reader[] = ['owner', 'curator', 'admin', 'a machine that runs hooks']
const everybody = Object.keys(readers) as Reader[]

describe.each(topologies)('a run over a draft, in %s', (topology) => {
  let archive: TestArchive
  let run = ''
  beforeAll(async () => {
    archive = await openArchive(topology)
    const source = `export default ({ reject }) => { console.log('${secret}'); return reject('no') }`
    const { errors } = await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: manifestWithHooks([hookInput({ name: 'talking', source })]),
    })
    expect(errors).toEqual([])
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  /** Runners for containers put the last lines of the log into the failure. The test inserts them by hand, so it needs no engine. */
  async function draftRun(): Promise<string> {
    const alice = await depositorOn(archive, { subject: 'alice', roles: ['DEPOSITOR'] })
    const { srn } = await alice.create('numbers', { n: 777 })
    await alice.submit(srn)
    await expect.poll(async () => (await alice.see(srn)).status).toBe('DRAFT')
    const { pool } = archive.database
    const { rows } = await pool.query('select id from hook_run where finished_at is not null')
    const [{ id }] = rows
    const failure = { kind: 'HOOK_EXIT', message: `It ended with 3. Its last lines: ${secret}` }
    const client = await pool.connect()
    try {
      // Triggers make ended runs immutable.
      await client.query('begin')
      await client.query('set local session_replication_role = replica')
      await client.query(
        `update hook_run set status = 'FAILED', failure_kind = $2, failure_message = $3, run_json = run_json || jsonb_build_object('failure', $4::jsonb) where id = $1`,
        [id, failure.kind, failure.message, JSON.stringify(failure)],
      )
      await client.query('update run_attempt set failure_kind = $2, failure_message = $3 where run = $1', [
        id,
        failure.kind,
        failure.message,
      ])
      await client.query('commit')
    } finally {
      client.release()
    }
    return id
  }

  const headersOf = async (reader: Reader): Promise<Record<string, string>> =>
    readers[reader] === undefined ? {} : { authorization: `Bearer ${await archive.sign(readers[reader] as object)}` }
  const askAs = async (reader: Reader, query: string, variables = {}) => (await archive.as(readers[reader]))(query, variables)

  test('is created by submitting the draft', async () => {
    run = await draftRun()
  })

  test.each(everybody)('its fields reveal the draft to %s only with the right to see it', async (reader) => {
    const fields = await selectionOf(archive, 'HookRun')
    for (const name of ['runJson', 'log', 'message', 'inputDigest', 'actor']) expect(fields).toContain(name)
    const ways = [
      `query ($id: ID!) { run(id: $id) { ${fields} } }`,
      `{ runs(hook: "talking", first: 2) { nodes { ${fields} } } }`,
      `{ hook(name: "talking") { runs(first: 2) { edges { node { ${fields} } } } } }`,
    ]
    for (const way of ways) {
      const { data, errors } = await askAs(reader, way, way.includes('$id') ? { id: run } : {})
      expect(errors).toEqual([])
      const said = JSON.stringify(data)
      expect(said).toContain(run)
      if (mayRead.includes(reader)) for (const text of [secret, 'user:alice', 'sha256:']) expect(said).toContain(text)
      else for (const text of [secret, 'user:alice', 'sha256:']) expect(said).not.toContain(text)
    }
  })

  test.each(everybody)('its log is open to %s only with the right to see the draft', async (reader) => {
    for (const path of [`/runs/${run}/log`, `/runs/${run}/log?follow=1`, `/runs/${run.toUpperCase()}/log`]) {
      const answer = await fetch(new URL(path, archive.url), { headers: await headersOf(reader) })
      const body = await answer.text()
      if (path.includes(run)) expect([path, answer.status]).toEqual([path, mayRead.includes(reader) ? 200 : 403])
      if (!mayRead.includes(reader)) expect(body).not.toContain(secret)
    }
  })

  test.each(everybody)('its kept files, by digest, are open to %s only with the right to see the draft', async (reader) => {
    const kept = () => archive.database.pool.query(`select digest from run_file where run = $1`, [run])
    await expect.poll(async () => (await kept()).rows.length).toBeGreaterThan(0)
    for (const { digest } of (await kept()).rows) {
      const { status } = await fetch(new URL(`/files/${digest}`, archive.url), { headers: await headersOf(reader) })
      expect(status).toBe(reader === 'curator' || reader === 'admin' ? 200 : 404)
    }
  })

  test.each(everybody)('the provenance derived from it never reveals the draft to %s', async (reader) => {
    const graph = await askAs(reader, 'query ($id: ID!) { provenance(of: $id) { nodes { id label attributes } } }', { id: `run:${run}` })
    expect(graph.errors).toEqual([])
    const exports = await Promise.all(
      ['.prov.json', '.ro-crate.json', '.openlineage.json'].map(async (suffix) => {
        const answer = await fetch(new URL(`/provenance/run:${run}${suffix}`, archive.url), { headers: await headersOf(reader) })
        expect(answer.status).toBe(200)
        return answer.text()
      }),
    )
    const [digests] = (await archive.database.pool.query('select input_digest, output_digest from hook_run where id = $1', [run])).rows
    for (const text of [secret, 'user:alice', digests.input_digest]) expect(JSON.stringify([graph, exports])).not.toContain(text)
  })

  test('is open to everyone once the record is published', async () => {
    await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: manifestWithHooks([
        hookInput({ name: 'talking', source: `export default ({ record }) => { console.log('seen ' + record.metadata.n); return [] }` }),
      ]),
    })
    const alice = await depositorOn(archive, { subject: 'alice', roles: ['DEPOSITOR'] })
    const { srn } = await alice.create('numbers', { n: 778 })
    await alice.submit(srn)
    await expect.poll(async () => (await alice.see(srn)).status).toBe('PUBLISHED')
    const { data } = await askAs('nobody', '{ runs(hook: "talking", first: 1) { nodes { actor log runJson inputDigest } } }')
    expect(data.runs.nodes).toMatchObject([
      { actor: 'user:alice', log: 'seen 778\n', runJson: { format: 'strata-run/1' }, inputDigest: expect.stringContaining('sha256:') },
    ])
  })
})

interface IntrospectedType {
  readonly kind: string
  readonly name: string | null
  readonly ofType: IntrospectedType | null
}

/** Every field of a type that needs no arguments, so that the test also covers fields that are added later. */
async function selectionOf(archive: TestArchive, type: string, above: readonly string[] = []): Promise<string> {
  const shape = '{ kind name ofType { kind name ofType { kind name ofType { kind name } } } }'
  const { data } = await archive.ask(`query ($type: String!) { __type(name: $type) { fields { name type ${shape} } } }`, { type })
  const fields: readonly { name: string; type: IntrospectedType }[] = data.__type.fields
  const selected = fields.map(async ({ name, type: of }) => {
    const { kind, name: named } = innermost(of)
    if (kind === 'SCALAR' || kind === 'ENUM') return name
    // Their content is public, or another test covers it.
    if (named === null || ['Hook', 'HookRelease', 'Record', 'PageInfo', 'Row'].includes(named) || above.includes(named) || above.length > 2)
      return ''
    const inner = await selectionOf(archive, named, [...above, type])
    return inner.trim() === '' ? '' : `${name} { ${inner} }`
  })
  return (await Promise.all(selected)).join(' ')
}

function innermost(type: IntrospectedType): IntrospectedType {
  return type.ofType === null || type.ofType === undefined ? type : innermost(type.ofType)
}
