import { readFileSync } from 'node:fs'
import { composeVerifier } from '@strata/workers'
import { loadConfig } from '@strata/infrastructure/environment'
import { expect } from 'vitest'
import { manifest, openArchive, temporaryDirectory, type TestArchive } from '../support/index.ts'
import { eventually } from '../support/eventually.ts'
import { filesBelow } from '../support/files-below.ts'

export const secret = 'S3CRET-of-a-patient'

/** Shows what it reads wherever a hook can show something. */
const chatty = `export default function hook({ record, reject }) {
  const { said } = record.metadata
  console.log('looking at', said)
  if (said.includes('reject')) return reject('cannot take ' + said)
  if (said.includes('throw')) throw new Error('stumbled over ' + said)
  return [{ word: said, again: said + Date.now() + Math.random() }]
}`

/** An archive of sentences, whose hook repeats them everywhere. */
export async function openSentences(settings: Record<string, string> = {}) {
  const parts = new AsyncDisposableStack()
  const directory = parts.use(await temporaryDirectory())
  const all = { STRATA_DATA_DIR: directory.path, ...settings }
  const archive = parts.use(await openArchive('one process', all))
  const { data, errors } = await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
    input: manifest({
      slug: 'sentences',
      schema: { id: 'sentence', version: '1.0.0', fields: [{ name: 'said', type: 'TEXT' }] },
      files: { maxCount: 5 },
      hooks: [
        {
          name: 'chatty',
          feature: {
            table: {
              cardinality: 'MANY',
              columns: [
                { name: 'word', type: 'TEXT' },
                { name: 'again', type: 'TEXT' },
              ],
            },
          },
          release: { runtime: { module: { source: chatty } }, sourceRef: 'test@1' },
        },
      ],
    }),
  })
  expect(errors).toEqual([])
  expect(data.deploy.created).toBe(true)
  return {
    archive,
    directory: directory.path,
    config: loadConfig({ ...all, DATABASE_URL: archive.database.url }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

export async function remove(archive: TestArchive, srn: string, reason = 'Consent was withdrawn.'): Promise<void> {
  const { errors } = await archive.ask('mutation ($input: WithdrawRecordInput!) { withdrawRecord(input: $input) { srn } }', {
    input: { srn, kind: 'REMOVED', reason, confirm: srn },
  })
  expect(errors).toEqual([])
}

/** Until the workers have done all that removals left to do. */
export function erased({ database }: Pick<TestArchive, 'database'>): Promise<void> {
  return eventually(async () => {
    const { rows } = await database.pool.query('select kind, name from erasure where done_at is null')
    expect(rows).toEqual([])
    expect((await database.pool.query('select from erasure')).rowCount).toBeGreaterThan(0)
  })
}

/** The tables whose rows have this text somewhere. */
export async function tablesWith({ database }: Pick<TestArchive, 'database'>, text: string): Promise<readonly string[]> {
  const tables = await database.pool.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relkind = 'r' and nspname in ('public', 'features', 'metadata', 'bullmq')`,
  )
  const found: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await database.pool.query(
      `select from ${name} as it where strpos(to_jsonb(it)::text, $1) > 0 or strpos(to_jsonb(it)::text, $2) > 0 limit 1`,
      // What hooks print is kept as bytes, which JSON shows in hexadecimal digits.
      [text, Buffer.from(text).toString('hex')],
    )
    if (rows.length > 0) found.push(name)
  }
  return found.toSorted()
}

/** The stored files that have this text in them. */
export function filesWith(directory: string, text: string): readonly string[] {
  return filesBelow(directory).filter((path) => readFileSync(path).includes(text))
}

export async function findings(of: Parameters<typeof composeVerifier>[0]) {
  const verification = await composeVerifier(of).verify({ sample: undefined, restart: true, signal: new AbortController().signal })
  if (verification === undefined) throw new Error('another process verifies this archive')
  return { findings: verification.findings, removals: verification.checks.find(({ name }) => name === 'removals') }
}
