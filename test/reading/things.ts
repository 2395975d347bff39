import type { DeployInput, SchemaFieldInput } from '@strata/domain/convention'

/** Says what it was told to say: the rows stand in the record's metadata, in hexadecimal so that no search finds their words. */
const echo = (field: string) => `export default async function hook({ record }) {
  const hex = record.metadata.${field} ?? ''
  return hex === '' ? [] : JSON.parse(Buffer.from(hex, 'hex').toString())
}`

export function told(rows: readonly object[]): string {
  return Buffer.from(JSON.stringify(rows)).toString('hex')
}

const field = (name: string, type: SchemaFieldInput['type'], more: Partial<SchemaFieldInput> = {}): SchemaFieldInput => ({
  name,
  type,
  required: false,
  cardinality: 'ONE',
  ...more,
})

/** Records with a field of every type, and two hooks that make rows of every type: `parts` many a record, `grade` one. */
export const things: DeployInput = {
  slug: 'things',
  title: 'Things',
  description: 'Things of every type.',
  schema: {
    id: 'thing',
    version: '1.0.0',
    fields: [
      field('name', 'TEXT'),
      field('size', 'NUMBER', { unit: 'm', description: 'From end to end.' }),
      field('number', 'INTEGER'),
      field('is_good', 'BOOLEAN'),
      field('day', 'DATE'),
      field('moment', 'DATETIME'),
      field('tags', 'TEXT', { cardinality: 'MANY' }),
      field('counts', 'INTEGER', { cardinality: 'MANY' }),
      field('parts_told', 'TEXT'),
      field('grade_told', 'TEXT'),
    ],
  },
  hooks: [
    hook('parts', 'MANY', echo('parts_told'), [
      { name: 'label', type: 'TEXT', required: false },
      { name: 'weight', type: 'NUMBER', required: false, unit: 'kg' },
      { name: 'place', type: 'INTEGER', required: true },
      { name: 'key', type: 'UUID', required: false },
      { name: 'day', type: 'DATE', required: false },
      { name: 'moment', type: 'DATETIME', required: false },
      { name: 'is_loose', type: 'BOOLEAN', required: false },
      { name: 'extra', type: 'JSON', required: false },
    ]),
    hook('grade', 'ONE', echo('grade_told'), [
      { name: 'score', type: 'NUMBER', required: true },
      { name: 'remark', type: 'TEXT', required: false },
    ]),
  ],
  dryRun: false,
  allowShared: true,
}

type HookInput = DeployInput['hooks'][number]
type Columns = NonNullable<HookInput['feature']['table']>['columns']

function hook(name: string, cardinality: 'ONE' | 'MANY', source: string, columns: Columns): HookInput {
  return {
    name,
    feature: { table: { cardinality, columns } },
    release: {
      runtime: { module: { source, limits: { timeoutSeconds: 60, memory: '128Mi', cpu: '1' } } },
      sourceRef: 'git:https://example.org/hooks@0123456789abcdef0123456789abcdef01234567',
    },
  }
}
