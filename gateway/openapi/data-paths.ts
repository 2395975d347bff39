import { downloadFormats } from '@strata/domain/dataset'
import {
  bytesAnswer,
  inHeader,
  inPath,
  inQuery,
  jsonAnswer,
  moment,
  notFound,
  readable,
  refused,
  type JsonRecord,
  type Paths,
} from './parts.ts'

const convention = inPath('convention', 'The slug of a convention, which is the name of its dataset.')
const table = inPath('table', '`records`, or the name of a hook.')
const format = {
  name: 'format',
  in: 'path',
  required: true,
  description: 'Of the file.',
  schema: { type: 'string', enum: downloadFormats },
}
const known = inHeader('If-None-Match', 'The ETag of what the caller has: nothing is sent while it still is so.')
const unchanged = { description: 'What the caller has is still so.' }

const question: readonly JsonRecord[] = [
  inQuery('filter', 'Which rows: a filter as in GraphQL, as JSON.'),
  inQuery('orderBy', 'Columns to sort by, like `score:desc,name`.'),
  inQuery('asOf', `What counted at that time. ${moment}`),
  inQuery('release', 'The rows of this version of the hook, whether it is live or not.', { type: 'integer', minimum: 1 }),
  inQuery('columns', 'Which columns, in which order, like `score,name`; all without it.'),
  inQuery('formulas', 'In CSV, whether an apostrophe is put before what a spreadsheet would run.', { type: 'string', enum: ['escape'] }),
]

export const dataPaths: Paths = {
  '/data/{convention}/{table}.{format}': readable('downloadTable', {
    tag: 'data',
    summary: 'The rows of a table, streamed. A download that broke off was not whole.',
    parameters: [convention, table, format, ...question, known],
    responses: {
      200: bytesAnswer('The rows.', 'text/csv', 'application/gzip', 'application/x-ndjson', 'application/vnd.apache.parquet'),
      304: unchanged,
      400: refused,
      401: refused,
      404: notFound,
      503: refused,
    },
  }),
  '/data/{convention}/{table}.{format}.meta.json': readable('describeDownload', {
    tag: 'data',
    summary:
      'What is to be known about a download: columns, rows, bytes, checksum, releases, how to cite it, and the address of exactly these bytes.',
    parameters: [convention, table, format, ...question, known],
    responses: { 200: jsonAnswer('The manifest.', 'Manifest'), 304: unchanged, 400: refused, 401: refused, 404: notFound },
  }),
  '/data/{convention}/croissant.json': readable('describeDataset', {
    tag: 'data',
    summary: 'The dataset as schema.org and Croissant describe one.',
    parameters: [convention, known],
    responses: { 200: bytesAnswer('JSON-LD.', 'application/ld+json'), 304: unchanged, 401: refused, 404: notFound },
  }),
  '/data/{convention}/llms.txt': readable('explainDataset', {
    tag: 'data',
    summary: 'The dataset in plain words.',
    parameters: [convention, known],
    responses: { 200: bytesAnswer('Markdown.', 'text/markdown'), 304: unchanged, 401: refused, 404: notFound },
  }),
  '/llms.txt': readable('explainArchive', {
    tag: 'data',
    summary: 'Which datasets there are, in plain words.',
    parameters: [known],
    responses: { 200: bytesAnswer('Markdown.', 'text/markdown'), 304: unchanged, 401: refused },
  }),
}
