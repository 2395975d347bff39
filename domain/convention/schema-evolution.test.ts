import { expect, test } from 'vitest'
import type { ColumnName, SchemaId } from '@strata/domain/shared'
import { requireAdditive } from './schema-evolution.ts'
import type { Schema, SchemaField } from './schema.ts'
import type { SchemaVersion } from './schema-version.ts'

const field = (name: string, changes: Partial<SchemaField> = {}): SchemaField => ({
  name: name as ColumnName,
  type: 'TEXT',
  required: false,
  cardinality: 'ONE',
  examples: [],
  ...changes,
})
const schema = (version: string, ...fields: SchemaField[]): Schema => ({
  id: 'protein' as SchemaId,
  version: version as SchemaVersion,
  title: 'Protein',
  fields,
})
const first = schema(
  '1.0.0',
  field('name', { required: true, constraints: { maxLength: 10, minLength: 2, pattern: '[a-z]+' } }),
  field('size', { type: 'NUMBER', constraints: { min: 0, max: 10 } }),
)
const [name, size] = first.fields as [SchemaField, SchemaField]

test.each([
  ['adds an optional field', [name, size, field('method')]],
  ['makes a field optional', [{ ...name, required: false }, size]],
  [
    'widens every constraint',
    [
      { ...name, constraints: { maxLength: 11, minLength: 1 } },
      { ...size, constraints: { min: -1 } },
    ],
  ],
  [
    'says more of a field',
    [
      { ...name, description: 'The name.', examples: ['a'] },
      { ...size, unit: 'kDa' },
    ],
  ],
  ['lists its fields in another order', [size, name]],
])('a version that %s is accepted', (_, fields) => {
  expect(() => requireAdditive([first], schema('1.1.0', ...fields))).not.toThrow()
})

test.each([
  ['is removed', 'name', [size]],
  ['changes its type from NUMBER to INTEGER', 'size', [name, { ...size, type: 'INTEGER' }]],
  ['changes its cardinality from ONE to MANY', 'name', [{ ...name, cardinality: 'MANY' }, size]],
  ['becomes required', 'size', [name, { ...size, required: true }]],
  ['is new and required', 'method', [name, size, field('method', { required: true })]],
  ['has its max lowered from 10 to 9', 'size', [name, { ...size, constraints: { min: 0, max: 9 } }]],
  ['has its min raised from 0 to 1', 'size', [name, { ...size, constraints: { min: 1, max: 10 } }]],
  ['has its minLength raised from 2 to 3', 'name', [{ ...name, constraints: { ...name.constraints, minLength: 3 } }, size]],
  ['has another pattern', 'name', [{ ...name, constraints: { ...name.constraints, pattern: '[a-z0-9]+' } }, size]],
] as [string, string, SchemaField[]][])('a version in which a field %s is refused by its name', (reason, fieldName, fields) => {
  const deploy = () => requireAdditive([first], schema('1.1.0', ...fields))
  expect(deploy).toThrow(`The field "${fieldName}" ${reason}`)
  expect(deploy).toThrow('deploy a new major, like 2.0.0')
  expect(() => requireAdditive([first], schema('2.0.0', ...fields))).not.toThrow()
})

test('a version between two existing ones must fit both', () => {
  const third = schema('1.2.0', ...first.fields, field('method', { constraints: { maxLength: 5 } }))
  expect(() => requireAdditive([first, third], schema('1.1.0', ...first.fields))).not.toThrow()
  expect(() => requireAdditive([first, third], schema('1.1.0', ...first.fields, field('method', { type: 'TERM' })))).toThrow(
    'from 1.1.0 to 1.2.0, which exists',
  )
  expect(() => requireAdditive([first, third], schema('1.1.0', ...first.fields, field('method')))).toThrow(
    'has its maxLength lowered to 5 where it had none',
  )
})

test('versions are ordered by number, and another spelling of an existing one is refused', () => {
  const tenth = schema('1.10.0', ...first.fields, field('method'))
  expect(() => requireAdditive([tenth], schema('1.9.0', ...first.fields))).not.toThrow()
  expect(() => requireAdditive([tenth], schema('1.11.0', ...first.fields))).toThrow('"method" is removed')
  expect(() => requireAdditive([first], schema('1.0', ...first.fields))).toThrow('is another spelling of version')
})
