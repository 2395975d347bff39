import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { depositorOn, type Depositor } from '../support/depositor.ts'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const people = ['owner', 'other depositor', 'curator', 'admin', 'machine', 'no role', 'nobody'] as const
type Person = (typeof people)[number]

const tokens: { readonly [Who in Person]?: Parameters<typeof depositorOn>[1] } = {
  owner: { subject: 'alice', roles: ['DEPOSITOR'] },
  'other depositor': { subject: 'bob', roles: ['DEPOSITOR'] },
  curator: { subject: 'carol', roles: ['CURATOR'] },
  admin: { subject: 'ada', roles: ['ADMIN'] },
  machine: { subject: 'ci', scopes: ['records:write'] },
  'no role': { subject: 'alice2' },
}

const file = { name: 'a.cif' }
/** What each may do to the owner's deposition: OK, or the code of the refusal; in the order of `people`. */
const matrix: { readonly operation: string; readonly status: string; readonly args: object; readonly answers: string }[] = [
  {
    operation: 'creating',
    status: 'DRAFT',
    args: { input: { convention: 'reviewed' } },
    answers: 'OK OK OK OK FORBIDDEN FORBIDDEN UNAUTHENTICATED',
  },
  {
    operation: 'updating',
    status: 'DRAFT',
    args: { metadata: {} },
    answers: 'OK NOT_FOUND FORBIDDEN OK FORBIDDEN FORBIDDEN UNAUTHENTICATED',
  },
  { operation: 'addingFile', status: 'DRAFT', args: { file }, answers: 'OK NOT_FOUND FORBIDDEN OK FORBIDDEN FORBIDDEN UNAUTHENTICATED' },
  {
    operation: 'removingFile',
    status: 'DRAFT',
    args: { name: 'kept' },
    answers: 'OK NOT_FOUND FORBIDDEN OK FORBIDDEN FORBIDDEN UNAUTHENTICATED',
  },
  { operation: 'submitting', status: 'DRAFT', args: {}, answers: 'OK NOT_FOUND FORBIDDEN OK FORBIDDEN FORBIDDEN UNAUTHENTICATED' },
  { operation: 'withdrawing', status: 'IN_REVIEW', args: {}, answers: 'OK NOT_FOUND FORBIDDEN OK FORBIDDEN FORBIDDEN UNAUTHENTICATED' },
  {
    operation: 'reviewing',
    status: 'IN_REVIEW',
    args: { decision: 'REJECT', reason: 'no' },
    answers: 'FORBIDDEN FORBIDDEN OK OK FORBIDDEN FORBIDDEN UNAUTHENTICATED',
  },
]

describe.each(topologies)('in %s', (topology) => {
  let archive: TestArchive
  const as = new Map<Person, Depositor>()
  const who = (person: Person) => as.get(person) ?? expect.fail(person)
  beforeAll(async () => {
    archive = await openArchive(topology)
    await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: manifest({ slug: 'reviewed', review: true }),
    })
    Object.assign(file, await (await depositorOn(archive, tokens.owner)).upload('new'))
    for (const person of people) as.set(person, await depositorOn(archive, tokens[person]))
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  async function deposition(status: string): Promise<string> {
    const owner = who('owner')
    const { srn } = await owner.create('reviewed', { pdb_id: '4hhb' })
    await owner.addFile(srn, 'kept', 'kept')
    if (status === 'DRAFT') return srn
    await owner.submit(srn)
    await owner.until(srn, status)
    return srn
  }

  test.each(matrix)('$operation: $answers', async ({ operation, status, args, answers }) => {
    const given: string[] = []
    for (const person of people) {
      const srn = operation === 'creating' ? undefined : await deposition(status)
      const query = who(person)[operation as 'updating']
      const { code } = await who(person).refusal(query, { srn, ...args })
      given.push(code ?? 'OK')
    }
    expect(given).toEqual(answers.split(' '))
  })

  test('another caller’s deposition and one that does not exist get the same answer', async () => {
    const theirs = await deposition('DRAFT')
    const bob = who('other depositor')
    const none = 'urn:osa:localhost:dep:01a1fbb0-051f-75cd-b343-df48dc15b983'
    for (const [query, args] of [
      [bob.updating, { metadata: {} }],
      [bob.submitting, {}],
      [bob.removingFile, { name: 'kept' }],
    ] as const) {
      const answers = []
      for (const srn of [theirs, none, 'urn:osa:elsewhere.org:dep:x', theirs.replace(':dep:', ':rec:')]) {
        answers.push(await bob.refusal(query, { srn, ...args }))
      }
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    }
    expect([await bob.see(theirs), await bob.see(none)]).toEqual([null, null])
  })

  test('depositors see their own, curators and admins see all, other callers see none', async () => {
    const mine = await deposition('DRAFT')
    for (const person of people) {
      const sees = ['owner', 'curator', 'admin'].includes(person)
      expect([person, (await who(person).see(mine))?.srn]).toEqual([person, sees ? mine : undefined])
      const { nodes, totalCount } = await who(person).list()
      expect([person, nodes.some(({ srn }: { srn: string }) => srn === mine)]).toEqual([person, sees])
      const owners = new Set(nodes.map(({ owner }: { owner: string }) => owner))
      if (person === 'owner') expect(owners).toEqual(new Set(['user:alice']))
      if (!sees && person !== 'other depositor') expect([totalCount, nodes]).toEqual([0, []])
      if (person === 'other depositor') expect(owners).toEqual(new Set(['user:bob']))
    }
    expect((await who('curator').list('IN_REVIEW')).nodes).not.toContainEqual(expect.objectContaining({ srn: mine }))
  })

  test('no public answer and no event contains a draft, its file names or its owner', async () => {
    await deposition('IN_REVIEW')
    const anybody = who('nobody')
    const { data } = await anybody.ask(
      '{ records { totalCount } datasets { tables { rowCount } } convention(slug: "reviewed") { records { totalCount } } }',
    )
    expect(data).toEqual({
      records: { totalCount: 0 },
      datasets: [{ tables: [{ rowCount: 0 }] }],
      convention: { records: { totalCount: 0 } },
    })
    const { rows } = await archive.database.pool.query(
      `select distinct jsonb_object_keys(payload) as key from outbox where type like 'Deposition%'`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(['candidate', 'deposition', 'record', 'status', 'withdrawn']).toEqual(expect.arrayContaining(rows.map(({ key }) => key)))
  })
})
