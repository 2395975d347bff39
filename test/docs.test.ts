import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kind, parse, print, type DocumentNode } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examplesOf, notRun, pages, readPage, type Example } from './docs/examples.ts'
import { openShell, type Shell } from './docs/shell.ts'
import { credentialsIn, startNodeProcess } from './standalone/running-node.ts'
import { graphqlClient } from './support/graphql-client.ts'
import { createTestDatabase, temporaryDirectory, type Ask } from './support/index.ts'
import { eventually } from './support/eventually.ts'

// Runs what the pages show, against a node that has had the first session of the README. A block is the whole of what it runs: an
// operation with variables gets them by their names from `variables`, a shell has them in capitals. The word after a block's language
// is the file that the block is, or "not-run".

const root = join(import.meta.dirname, '..')
const languages = ['', 'mermaid', 'sh', 'graphql', 'json', 'csv', 'js', 'sql']
/** What starts a node or the tests, and would not end. */
const mostNotRun = 3

let stack: AsyncDisposableStack
let folder: string
let stopped: string
let url: string
let token: string
let ask: Ask
beforeAll(async () => {
  await using parts = new AsyncDisposableStack()
  folder = parts.use(await temporaryDirectory()).path
  stopped = parts.use(await temporaryDirectory()).path
  symlinkSync(join(root, 'infrastructure/node_modules'), join(folder, 'node_modules'))
  const node = parts.use(startNodeProcess(join(folder, '.data')))
  await node.wrote('Strata is ready')
  ;({ url, token } = credentialsIn(join(folder, '.data')))
  ask = graphqlClient(url, token)
  await firstSession()
  await extend()
  stack = parts.move()
})
afterAll(() => stack?.[Symbol.asyncDispose]())

describe('every example in', () => {
  test.each(pages().filter((page) => page !== 'README.md' && examplesOf(page).length > 0))(
    '%s runs',
    async (page) => {
      await using shell = openShell({ cwd: folder, stoppedData: stopped })
      await shell.paste(`URL='${url}' TOKEN='${token}' STRATA_URL='${url}' STRATA_TOKEN='${token}'`)
      for (const { note, text } of examplesOf(page))
        if (note !== undefined && note !== notRun) writeFileSync(join(folder, note), `${text}\n`)
      const told: Told = { digest: undefined, size: undefined }
      for (const example of examplesOf(page)) {
        await run(example, shell, told).catch((fault: unknown) => {
          throw new Error(`${page}:${example.line}: ${fault instanceof Error ? fault.message : String(fault)}`, { cause: fault })
        })
      }
      await settled()
    },
    180_000,
  )
})

test('few examples are not run, and every block is of a known language', () => {
  const examples = pages().flatMap(examplesOf)
  expect(examples.filter(({ language }) => !languages.includes(language)).map(placeOf)).toEqual([])
  expect(
    examples.filter(({ language, text }) => language === '' && /^\s*(?:\$ |curl |npm |mutation|query|\{)/m.test(text)).map(placeOf),
  ).toEqual([])
  expect(examples.filter(({ note }) => note === notRun).length).toBeLessThanOrEqual(mostNotRun)
  // What test/readme.test.ts runs has no note.
  expect(examples.filter(({ page, note }) => page === 'README.md' && note !== undefined && note !== notRun).map(placeOf)).toEqual([])
})

/** What the shell was last told of an uploaded file. */
interface Told {
  digest: string | undefined
  size: number | undefined
}

async function run({ language, note, text }: Example, shell: Shell, told: Told): Promise<void> {
  if (note === notRun) return
  switch (language) {
    case 'sh': {
      const output = await shell.paste(
        `RECORD='${await variables.record()}' RUN='${await variables.run()}' DIGEST='${told.digest ?? ''}'\n${text}`,
      )
      expect(output).not.toContain('"errors":')
      const [, digest, size] = /"digest":"(sha256:[0-9a-f]{64})","size":(\d+)/.exec(output) ?? []
      if (digest !== undefined) Object.assign(told, { digest, size: Number(size) })
      return
    }
    case 'graphql':
      for (const operation of operationsIn(text)) await send(operation, told)
      return
    case 'json':
      for (const part of note === undefined && isJson(text) ? [text] : text.split('\n')) JSON.parse(part)
      return
    case 'js':
      execFileSync(process.execPath, [note ?? ''], { cwd: folder, encoding: 'utf8' })
      return
    case 'sql':
      await onDatabase(text)
  }
}

async function send(operation: DocumentNode, told: Told): Promise<void> {
  const text = print(operation)
  const [definition] = operation.definitions
  const names =
    definition?.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value) : []
  const values: Record<string, unknown> = {}
  for (const name of names) values[name] = told[name as keyof Told] ?? (await variables[name as keyof typeof variables](text))
  const { errors } = await ask(text, values)
  expect(errors, `${text} ${JSON.stringify(values)}`).toEqual([])
}

let withdrawn: string | undefined

/** By the names of variables: what a reader of the page would have in hand. */
const variables = {
  record: async (text = '') => {
    if (text.includes('reviseRecord')) return deposited()
    // A withdrawn record is in no list.
    if (text.includes('restoreRecord')) return withdrawn ?? expect.fail('no example withdrew a record')
    const { records } = await asked('{ records(convention: "proteins", first: 100) { nodes { srn files { name } } } }')
    const { srn } = records.nodes.find(({ files }: { files: readonly unknown[] }) => files.length > 0) ?? records.nodes[0]
    if (text.includes('withdrawRecord')) withdrawn = srn
    return srn as string
  },
  row: async () => (await asked('{ rows(convention: "proteins", table: "quality") { nodes { id } } }')).rows.nodes[0].id as string,
  run: async () => (await asked('{ runs(hook: "quality", status: PASSED) { nodes { id } } }')).runs.nodes[0].id as string,
  digest: async () => (await asked('{ hook(name: "quality") { live { runtime { digest } } } }')).hook.live.runtime.digest as string,
  token: async () =>
    (await asked('mutation { createToken(input: { subject: "bob", roles: ["CURATOR"] }) { id } }')).createToken.id as string,
  backfill: async (text: string) => {
    // One that is still running, because its hook sleeps, and that one again to resume it.
    if (text.includes('cancelBackfill'))
      return (await asked('mutation { backfill(input: { hook: "sleeping" }) { backfill { id } } }')).backfill.backfill.id as string
    const hook = text.includes('resumeBackfill') ? 'sleeping' : 'quality'
    return (await asked(`{ backfills(hook: "${hook}", first: 1) { nodes { id } } }`)).backfills.nodes[0].id as string
  },
  deposition: async (text: string) => {
    if (!text.includes('reviewDeposition')) {
      return (await asked('{ depositions(first: 1) { nodes { srn } } }')).depositions.nodes[0].srn as string
    }
    const { createDeposition } = await asked(
      'mutation { createDeposition(input: { convention: "proteins", metadata: { pdb_id: "1crn" } }) { srn } }',
    )
    await asked('mutation ($srn: SRN!) { submitDeposition(srn: $srn) { status } }', createDeposition)
    await eventually(async () => {
      const { deposition } = await asked('query ($srn: SRN!) { deposition(srn: $srn) { status } }', createDeposition)
      expect(deposition.status).toBe('IN_REVIEW')
    })
    return createDeposition.srn as string
  },
  citation: async () => (await asked('mutation { cite(convention: "proteins", table: "quality") { id } }')).cite.id as string,
  size: async () => 0,
}

/** A record that came from a deposition. */
async function deposited(): Promise<string> {
  const srn = await variables.deposition('reviewDeposition')
  const approved = 'mutation ($srn: SRN!) { reviewDeposition(srn: $srn, decision: APPROVE) { record { srn } } }'
  return (await asked(approved, { srn })).reviewDeposition.record.srn
}

async function asked(query: string, values?: Record<string, unknown>) {
  const { data, errors } = await ask(query, values)
  expect(errors, query).toEqual([])
  return data
}

/** Each operation by itself, as the explorer runs the one that the cursor is in. */
function operationsIn(text: string): readonly DocumentNode[] {
  const { definitions } = parse(text)
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  return definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What an administrator of the server runs; rolled back, because roles belong to all databases. */
async function onDatabase(statements: string): Promise<void> {
  await using database = await createTestDatabase()
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    // Other tests on this server may have made it already.
    await client.query(
      `do $$ begin if to_regrole('strata_reader') is not null then alter role strata_reader rename to strata_reader_before; end if; end $$`,
    )
    await client.query(statements)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** test/readme.test.ts looks at what it prints. */
async function firstSession(): Promise<void> {
  await using shell = openShell({ cwd: folder, stoppedData: stopped })
  const readme = readPage('README.md')
  const session = readme.slice(readme.indexOf('## A first session'), readme.indexOf('## Where to go next'))
  for (const [, block = ''] of session.matchAll(/```sh\n([^]*?)```/g)) await shell.paste(block)
  await settled()
}

/** What some pages need beside the README's convention: a file, review, a hook with many rows, and one that does not end. */
async function extend(): Promise<void> {
  writeFileSync(join(folder, '4hhb.cif'), 'data_4HHB\n')
  const [, heredoc = ''] = /<<'JSON'\n([^]*?)\nJSON\n/.exec(readPage('README.md')) ?? []
  const { input } = JSON.parse(heredoc).variables
  const module = (source: string) => ({
    runtime: { module: { source, limits: { timeoutSeconds: 3_000, memory: '128Mi', cpu: '0.5' } } },
    sourceRef: 'test/docs.test.ts@1',
  })
  const columns = (...names: readonly string[]) => ({
    table: { cardinality: 'MANY', columns: names.map((name) => ({ name, type: 'NUMBER' })) },
  })
  const pockets = {
    name: 'pockets',
    feature: columns('volume', 'depth'),
    release: module('export default () => [{ volume: 600, depth: 5 }, { volume: 100, depth: 9 }]'),
  }
  const deployment = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
  await asked(deployment, { input: { ...input, review: true, hooks: [...input.hooks, pockets] } })
  await asked('mutation { backfill(input: { hook: "pockets" }) { recordCount } }')
  await settled()
  const schema = { id: 'sleeper', version: '1.0.0', fields: [{ name: 'n', type: 'INTEGER' }] }
  const quick = { name: 'quick', feature: columns('n'), release: module('export default () => [{ n: 1 }]') }
  const sleeper = { slug: 'sleepers', title: 'Sleepers', description: '', schema }
  await asked(deployment, { input: { ...sleeper, hooks: [quick] } })
  await asked('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
    input: { convention: 'sleepers', source: { import: { sourceNode: 'rcsb.org' } }, records: [{ sourceId: '1', metadata: { n: 1 } }] },
  })
  // Once this hook has run, publishing starts no other hook: the record is left to the backfill of the one that sleeps.
  await eventually(async () =>
    expect((await asked('{ rows(convention: "sleepers", table: "quick") { totalCount } }')).rows.totalCount).toBe(1),
  )
  const sleeping = {
    name: 'sleeping',
    feature: columns('n'),
    release: module('export default () => new Promise((resolve) => setTimeout(resolve, 3_000_000))'),
  }
  await asked(deployment, { input: { ...sleeper, hooks: [quick, sleeping] } })
}

async function settled(): Promise<void> {
  await eventually(async () => {
    const { queued, running } = await asked(
      '{ queued: runs(status: QUEUED) { nodes { hook { name } } } running: runs(status: RUNNING) { nodes { hook { name } } } }',
    )
    const open = [...queued.nodes, ...running.nodes].filter(({ hook }: { hook: { name: string } }) => hook.name !== 'sleeping')
    expect(open).toEqual([])
  })
}

function placeOf({ page, line }: Example): string {
  return `${page}:${line}`
}
