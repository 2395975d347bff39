import type { TestArchive } from '../support/index.ts'

/** Texts that break formats which are not minded. */
export const hostileTexts = [
  'plain',
  '',
  ' ',
  '"',
  '""',
  'a "quoted" word',
  'a,b;c\td',
  'line\nbreak',
  'line\r\nbreak',
  '\r',
  '\\N',
  '\\.',
  '\\',
  '\\n',
  'NULL',
  'null',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  "'",
  '𝛼β 漢字 🧬',
  '\u2028',
  '\u0001\u0002\u0003',
  'e\u0301',
  '{"a": 1}',
  '[1, 2]',
  'x'.repeat(5_000),
  '\n"urn:osa:localhost:rec:1@1,',
  '$1',
  "'; drop table record; --",
]

const texts = JSON.stringify(hostileTexts)

/** Three rows for each record: extremes of every type, ordinary values, and nothing but what is required. */
const hook = `
const texts = ${texts}
export default function hook({ record }) {
  const { n } = record.metadata
  const text = texts[n % texts.length]
  return [
    { text, number: [1.7976931348623157e308, 5e-324, -0.1, 0.1 + 0.2, 1e21, -1e-7][n % 6], whole: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0][n % 3],
      flag: n % 2 === 0, day: ['0001-01-01', '9999-12-31', '2024-02-29'][n % 3],
      moment: ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.123456Z', '2026-01-31T12:00:00.5+02:00'][n % 3],
      id: '0190A5E0-0000-7000-8000-00000000000' + (n % 10), json: [{ text, list: [1, null, 'a\\nb'] }, [], 'text', 1.5e300, false, { '"': '\\\\' }][n % 6] },
    { text: 'ordinary ' + n, number: n / 7, whole: n, flag: true, day: '2026-01-01', moment: '2026-01-01T00:00:00.000001Z', id: '0190a5e0-0000-7000-8000-000000000001', json: [n] },
    { text },
  ]
}`

const optional = (name: string, type: string) => ({ name, type, required: false })

export const hostileManifest = {
  slug: 'hostile',
  title: 'Hostile data',
  description: 'Values that break formats.',
  docs: {
    purpose: 'To find out which formats survive.',
    examples: [{ question: 'Which texts are quoted?', query: 'text contains "', interpretation: 'Those that were hard to write.' }],
    whenNotToUse: 'For anything else.',
  },
  schema: {
    id: 'hostile',
    version: '1.0.0',
    fields: [
      { name: 'n', type: 'INTEGER', description: 'Which one it is.' },
      { name: 'title', type: 'TEXT', required: false },
      { name: 'mass', type: 'NUMBER', required: false, unit: 'kg' },
      { name: 'tags', type: 'TEXT', required: false, cardinality: 'MANY' },
      { name: 'seen', type: 'DATETIME', required: false },
    ],
  },
  hooks: [
    {
      name: 'measured',
      feature: {
        table: {
          cardinality: 'MANY',
          columns: [
            { name: 'text', type: 'TEXT', description: 'What was found.' },
            { ...optional('number', 'NUMBER'), unit: 'Å' },
            optional('whole', 'INTEGER'),
            optional('flag', 'BOOLEAN'),
            optional('day', 'DATE'),
            optional('moment', 'DATETIME'),
            optional('id', 'UUID'),
            optional('json', 'JSON'),
          ],
        },
      },
      release: {
        runtime: { module: { source: hook } },
        sourceRef: 'git:https://example.org/hooks@0123456789abcdef0123456789abcdef01234567',
      },
    },
  ],
}

export async function publishHostile(archive: TestArchive, count: number, from = 0): Promise<void> {
  const records = Array.from({ length: count }, (_, i) => {
    const n = from + i
    const text = hostileTexts[n % hostileTexts.length] ?? ''
    const metadata = n % 5 === 4 ? { n } : { n, title: text, mass: n / 3, tags: [text, 'other'], seen: '2026-01-31T12:00:00.123456Z' }
    return { sourceId: String(n), metadata }
  })
  const { data, errors } = await archive.ask(
    'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount results { findings { message } } } }',
    {
      input: { convention: 'hostile', source: { import: { sourceNode: 'here' } }, records },
    },
  )
  if (errors.length > 0 || data.publishRecords.publishedCount !== count) throw new Error(JSON.stringify([errors, data]))
}

/** Until every run that was asked for has ended. */
export async function untilComputed(archive: TestArchive): Promise<void> {
  for (;;) {
    const { rows } = await archive.database.pool.query(
      `select (select count(*) from hook_run where finished_at is null) + (select count(*) from outbox where handled_at is null) as open, (select count(*) from hook_run) as runs`,
    )
    if (Number(rows[0].open) === 0 && Number(rows[0].runs) > 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export async function deployHostile(archive: TestArchive): Promise<void> {
  const { errors } = await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input: hostileManifest })
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
}
