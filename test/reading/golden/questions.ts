import type { ReadingInput } from '@strata/domain/dataset'

export interface Golden {
  readonly title: string
  readonly input: ReadingInput & { readonly first?: number; readonly [more: string]: unknown }
}

const long = 'long '.repeat(41)

/** By topic. */
export const readings: Readonly<Record<string, readonly Golden[]>> = {
  comparisons: [
    { title: 'a number', input: { table: 'records', filter: { gt: { column: 'size', value: 1 } } } },
    { title: 'a short text, which is all in the index', input: { table: 'records', filter: { eq: { column: 'name', value: 'cup' } } } },
    { title: 'a text longer than what is indexed', input: { table: 'records', filter: { gte: { column: 'name', value: long } } } },
    { title: 'some of several values', input: { table: 'records', filter: { in: { column: 'name', values: ['cup', 'eye', 'nobody'] } } } },
    { title: 'a date', input: { table: 'records', filter: { lte: { column: 'day', value: '2024-02-01' } } } },
    { title: 'a time in another zone', input: { table: 'records', filter: { eq: { column: 'moment', value: '2025-05-31T22:00:00Z' } } } },
    { title: 'a part of a text, whatever its case', input: { table: 'records', filter: { contains: { column: 'name', value: 'O' } } } },
    { title: 'the beginning of a text', input: { table: 'records', filter: { startsWith: { column: 'name', value: 'B' } } } },
    { title: 'a value of a list', input: { table: 'records', filter: { contains: { column: 'tags', value: 'iron' } } } },
    { title: 'an element of JSON', input: { table: 'parts', filter: { contains: { column: 'extra', value: { since: 2020 } } } } },
    { title: 'no value', input: { table: 'records', filter: { isNull: { column: 'name' } } } },
    { title: 'other than: a missing value is not other', input: { table: 'records', filter: { neq: { column: 'number', value: 7 } } } },
    {
      title: 'not equal: a missing value is not equal',
      input: { table: 'records', filter: { not: { eq: { column: 'number', value: 7 } } } },
    },
    { title: 'words in a record', input: { table: 'records', filter: { search: 'oak door' } } },
    { title: 'words in a row of a hook', input: { table: 'grade', filter: { search: 'loose or heavy' } } },
    {
      title: 'groups in groups',
      input: {
        table: 'records',
        filter: {
          any: [
            { all: [{ eq: { column: 'is_good', value: true } }, { lt: { column: 'size', value: 1 } }] },
            { isNull: { column: 'size' } },
          ],
        },
      },
    },
  ],
  'semi-joins': [
    { title: 'records by what a hook found', input: { table: 'records', filter: { gt: { column: 'grade.score', value: 0.4 } } } },
    {
      title: 'side by side in one `all`: one and the same part',
      input: {
        table: 'records',
        filter: { all: [{ eq: { column: 'parts.label', value: 'hinge' } }, { gt: { column: 'parts.weight', value: 10 } }] },
      },
    },
    {
      title: 'in groups of their own: any two parts',
      input: {
        table: 'records',
        filter: { all: [{ eq: { column: 'parts.label', value: 'hinge' } }, { all: [{ gt: { column: 'parts.weight', value: 10 } }] }] },
      },
    },
    { title: 'records without such a part', input: { table: 'records', filter: { not: { gte: { column: 'parts.place', value: 0 } } } } },
    { title: 'parts by their record', input: { table: 'parts', filter: { eq: { column: 'records.is_good', value: true } } } },
    { title: 'parts by what another hook found', input: { table: 'parts', filter: { lt: { column: 'grade.score', value: 0.6 } } } },
  ],
  orders: [
    { title: 'in the order of publishing', input: { table: 'parts' } },
    { title: 'those without a value last', input: { table: 'records', orderBy: [{ column: 'size' }] } },
    { title: 'and last in the other direction, too', input: { table: 'records', orderBy: [{ column: 'size', direction: 'DESC' }] } },
    { title: 'a column that always has a value', input: { table: 'grade', orderBy: [{ column: 'score', direction: 'DESC' }] } },
    { title: 'several columns', input: { table: 'records', orderBy: [{ column: 'number', direction: 'DESC' }, { column: 'name' }] } },
    {
      title: 'parts by a field of their record',
      input: { table: 'parts', orderBy: [{ column: 'records.size' }, { column: 'place', direction: 'DESC' }] },
    },
  ],
}

export const pages: readonly Golden[] = [
  { title: 'after a row', input: { table: 'parts' } },
  { title: 'after a value', input: { table: 'records', orderBy: [{ column: 'size' }], first: 3 } },
  { title: 'after a row without a value', input: { table: 'records', orderBy: [{ column: 'moment' }], first: 4 } },
  { title: 'where one comparison says it all', input: { table: 'grade', orderBy: [{ column: 'score', direction: 'DESC' }] } },
  { title: 'in two directions', input: { table: 'records', orderBy: [{ column: 'number', direction: 'DESC' }, { column: 'name' }] } },
]

export const aggregations: readonly Golden[] = [
  {
    title: 'how many',
    input: { table: 'parts', measures: [{ op: 'COUNT' }, { op: 'COUNT', column: 'label' }, { op: 'COUNT_DISTINCT', column: 'label' }] },
  },
  {
    title: 'every measure of a number, by group',
    input: {
      table: 'records',
      groupBy: ['is_good'],
      measures: [
        { op: 'COUNT' },
        { op: 'SUM', column: 'number' },
        ...['AVG', 'MEDIAN', 'MIN', 'MAX'].map((op) => ({ op, column: 'size' })),
      ],
    },
  },
  {
    title: 'the first and the last',
    input: {
      table: 'records',
      measures: [
        { op: 'MIN', column: 'day' },
        { op: 'MAX', column: 'moment' },
        { op: 'MIN', column: 'name' },
      ],
    },
  },
  {
    title: 'parts by a field of their record',
    input: { table: 'parts', groupBy: ['records.is_good', 'label'], measures: [{ op: 'SUM', column: 'weight' }], limit: 3 },
  },
  { title: 'of nothing', input: { table: 'records', filter: { any: [] }, measures: [{ op: 'COUNT' }, { op: 'MAX', column: 'size' }] } },
]

export const histograms: readonly Golden[] = [
  { title: 'numbers', input: { table: 'parts', column: 'weight', buckets: 3 } },
  { title: 'dates, in whole days', input: { table: 'records', column: 'day', buckets: 2 } },
  { title: 'times', input: { table: 'records', column: 'moment', buckets: 2 } },
  { title: 'parts by a field of their record', input: { table: 'parts', column: 'records.size', buckets: 2 } },
  {
    title: 'all the same: one bucket',
    input: { table: 'records', column: 'size', filter: { lt: { column: 'size', value: 1 } }, buckets: 5 },
  },
  { title: 'of nothing', input: { table: 'records', column: 'size', filter: { isNull: { column: 'size' } } } },
]
