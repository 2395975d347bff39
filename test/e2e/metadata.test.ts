import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, type TestArchive } from '../support/index.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish =
  'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { status findings { field message } } } }'
const rows = 'query ($c: String!, $t: String!) { rows(convention: $c, table: $t, first: 1000) { nodes { values } totalCount } }'
const tables = 'query ($c: String!) { dataset(convention: $c) { tables { name rowCount columns { name type required } } } }'

describe('typed metadata', () => {
  let archive: TestArchive
  beforeAll(async () => void (archive = await openArchive('one process')))
  afterAll(() => archive[Symbol.asyncDispose]())

  const deployed = async (slug: string, id: string, version: string, fields: readonly object[]) =>
    (await archive.ask(deploy, { input: manifest({ slug, schema: { id, version, fields } }) })).errors
  const published = async (convention: string, ...metadata: object[]) => {
    const records = metadata.map((one, i) => ({ sourceId: `${convention}-${Date.now()}-${Math.random()}-${i}`, metadata: one }))
    const { data, errors } = await archive.ask(publish, { input: { convention, source: { import: { sourceNode: 'a' } }, records } })
    expect(errors).toEqual([])
    return data.publishRecords.results.map((result: { status: string }) => result.status)
  }
  const read = async (c: string, t = 'records') =>
    (await archive.ask(rows, { c, t })).data.rows.nodes.map((node: { values: object }) => node.values)

  test('values come back typed, with every field, those without a value as null', async () => {
    const one = [
      { name: 'a_text', type: 'TEXT', required: false },
      { name: 'a_number', type: 'NUMBER', required: false },
      { name: 'whole', type: 'INTEGER', required: false },
      { name: 'flag', type: 'BOOLEAN', required: false },
      { name: 'day', type: 'DATE', required: false },
      { name: 'at', type: 'DATETIME', required: false },
      { name: 'link', type: 'URL', required: false },
      { name: 'many', type: 'NUMBER', required: false, cardinality: 'MANY' },
    ]
    expect(await deployed('typed-values', 'typed', '1.0.0', one)).toEqual([])
    const full = {
      a_text: 'é "quoted" \\ {NULL}, \n x',
      a_number: 5e-324,
      whole: 9007199254740991,
      flag: false,
      day: '0001-01-01',
      at: '2026-01-31T12:00:00.123456+02:00',
      link: 'https://example.org/a?b=c',
      many: [1.5, -0.25, 1e300],
    }
    expect(await published('typed-values', full, {}, { a_text: 'x'.repeat(100_000), many: [] })).toEqual([
      'PUBLISHED',
      'PUBLISHED',
      'PUBLISHED',
    ])
    const values = await read('typed-values')
    expect(values).toContainEqual({ ...full, at: '2026-01-31T10:00:00.123456Z' })
    expect(values).toContainEqual(Object.fromEntries(one.map(({ name }) => [name, null])))
    expect(values).toContainEqual(expect.objectContaining({ a_text: 'x'.repeat(100_000), many: [], whole: null }))
  })

  test('text that is long and has much in it fits, however many fields there are', async () => {
    const fields = Array.from({ length: 400 }, (_, i) => ({ name: `f${i}`, type: 'TEXT', required: false }))
    expect(await deployed('wide-schema', 'wide', '1', fields)).toEqual([])
    expect(await published('wide-schema', Object.fromEntries(fields.map(({ name }) => [name, noise()])))).toEqual(['PUBLISHED'])
  })

  test('a new major has a separate table, and the old one stays readable', async () => {
    expect(await deployed('majors', 'major', '1.0.0', [{ name: 'size', type: 'TEXT' }])).toEqual([])
    await published('majors', { size: 'big' })
    const breaking = [{ name: 'size', type: 'NUMBER' }]
    const [refusal] = await deployed('majors', 'major', '1.1.0', breaking)
    expect(refusal).toMatchObject({
      message: expect.stringContaining('The field "size" changes its type from TEXT to NUMBER'),
      extensions: { code: 'CONFLICT', field: 'input.schema.fields.0' },
    })
    expect(await deployed('majors', 'major', '2.0.0', breaking)).toEqual([])
    await published('majors', { size: 3 })
    expect((await archive.ask(tables, { c: 'majors' })).data.dataset.tables).toMatchObject(
      [
        { name: 'records', rowCount: '1', columns: [{ type: 'NUMBER' }] },
        { name: 'records-v1', rowCount: '1', columns: [{ type: 'TEXT' }] },
      ].map((table) => ({ ...table, rowCount: expect.anything() })),
    )
    expect([await read('majors'), await read('majors', 'records-v1')]).toEqual([[{ size: 3 }], [{ size: 'big' }]])

    expect(await deployed('majors', 'other', '1.0.0', [{ name: 'x', type: 'TEXT' }])).toEqual([])
    const names = (await archive.ask(tables, { c: 'majors' })).data.dataset.tables.map((table: { name: string }) => table.name)
    expect(names).toEqual(['records', 'records-major-v1', 'records-major-v2'])
    expect(await read('majors', 'records-major-v1')).toEqual([{ size: 'big' }])
  })

  test('conventions that share a schema see only their own rows', async () => {
    const fields = [{ name: 'x', type: 'TEXT' }]
    await deployed('shared-one', 'shared', '1.0.0', fields)
    await deployed('shared-two', 'shared', '1.0.0', fields)
    await published('shared-one', { x: 'one' })
    await published('shared-two', { x: 'two' })
    expect([await read('shared-one'), await read('shared-two')]).toEqual([[{ x: 'one' }], [{ x: 'two' }]])
  })

  test('whatever is added within a major, each earlier record stays readable and each earlier value valid', async () => {
    const step = fc.constantFrom('add TEXT', 'add NUMBER', 'add MANY', 'relax', 'widen', 'tighten', 'retype', 'drop')
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        run += 1
        const slug = `evolution-${run}`
        let fields: Field[] = [{ name: 'f0', type: 'TEXT', required: true, constraints: { maxLength: 5 } }]
        expect(await deployed(slug, `evolving_${run}`, '1.0.0', fields)).toEqual([])
        const sent: object[] = [{ f0: 'first' }]
        expect(await published(slug, ...sent)).toEqual(['PUBLISHED'])
        for (const [i, one] of steps.entries()) {
          const wanted = evolve(fields, one, i + 1)
          const [refusal] = await deployed(slug, `evolving_${run}`, `1.${i + 1}.0`, wanted)
          if (refusal !== undefined) {
            expect(refusal.extensions.code).toBe('CONFLICT')
            continue
          }
          fields = wanted
          const record = Object.fromEntries(
            fields.map(({ name, type, cardinality }) => [name, cardinality ? [`v${i}`] : type === 'NUMBER' ? i : `v${i}`]),
          )
          expect(await published(slug, ...sent, record)).toEqual([...sent, record].map(() => 'PUBLISHED'))
          sent.push(...sent, record)
        }
        const names = fields.map(({ name }) => name)
        const whole = (record: object) => Object.fromEntries(names.map((name) => [name, (record as Record<string, unknown>)[name] ?? null]))
        expect((await read(slug)).map(text).toSorted()).toEqual(sent.map(whole).map(text).toSorted())
      }),
      { numRuns: 12 },
    )
  })
})

interface Field {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly cardinality?: 'MANY'
  readonly constraints?: { readonly maxLength: number } | null
}

/** One change to a schema: the first five only add, the others must be refused. */
function evolve(fields: readonly Field[], step: string, i: number): Field[] {
  const [first, ...rest] = fields
  if (first === undefined) return []
  const { maxLength } = first.constraints ?? { maxLength: 100 }
  if (step === 'add MANY') return [...fields, { name: `f${i}`, type: 'TEXT', required: false, cardinality: 'MANY' }]
  if (step.startsWith('add ')) return [...fields, { name: `f${i}`, type: step.slice(4), required: false }]
  if (step === 'relax') return [{ ...first, required: false }, ...rest]
  if (step === 'widen') return [{ ...first, constraints: { maxLength: maxLength + 1 } }, ...rest]
  if (step === 'tighten') return [{ ...first, constraints: { maxLength: maxLength - 1 } }, ...rest]
  if (step === 'retype') return [{ ...first, type: 'INTEGER', constraints: null }, ...rest]
  return rest.length > 0 ? rest : [{ ...first, name: 'other' }]
}

/** What no compression makes short. */
function noise(): string {
  return Array.from({ length: 2_000 }, () => String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20_000))).join('')
}

function text(value: object): string {
  return JSON.stringify(value)
}
