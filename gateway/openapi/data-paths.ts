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
  description: 'The format of the file.',
  schema: { type: 'string', enum: downloadFormats },
}
const known = inHeader('If-None-Match', 'An ETag; the content is sent only if it has changed.')
const unchanged = { description: 'Unchanged since the given ETag.' }

const question: readonly JsonRecord[] = [
  inQuery('filter', 'A filter for rows, as in GraphQL, as JSON.'),
  inQuery('orderBy', 'Columns to sort by, like `score:desc,name`.'),
  inQuery('asOf', `The state as of this time. ${moment}`),
  inQuery('release', 'The rows of this version of the hook, live or not.', { type: 'integer', minimum: 1 }),
  inQuery('columns', 'The columns and their order, like `score,name`; all by default.'),
  inQuery('formulas', 'In CSV, puts an apostrophe before text that a spreadsheet would run.', { type: 'string', enum: ['escape'] }),
]

export const dataPaths: Paths = {
  '/data/{convention}/{table}.{format}': readable('downloadTable', {
    tag: 'data',
    summary: 'Streams the rows of a table. A response that ends with a broken connection is incomplete.',
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
    summary: 'The manifest of a download: columns, rows, bytes, checksum, releases, citation, and an address of exactly these bytes.',
    parameters: [convention, table, format, ...question, known],
    responses: { 200: jsonAnswer('The manifest.', 'Manifest'), 304: unchanged, 400: refused, 401: refused, 404: notFound },
  }),
  '/data/{convention}/croissant.json': readable('describeDataset', {
    tag: 'data',
    summary: 'A description of the dataset in schema.org and Croissant.',
    parameters: [convention, known],
    responses: { 200: bytesAnswer('JSON-LD.', 'application/ld+json'), 304: unchanged, 401: refused, 404: notFound },
  }),
  '/data/{convention}/llms.txt': readable('explainDataset', {
    tag: 'data',
    summary: 'A description of the dataset as plain text.',
    parameters: [convention, known],
    responses: { 200: bytesAnswer('Markdown.', 'text/markdown'), 304: unchanged, 401: refused, 404: notFound },
  }),
  '/llms.txt': readable('explainArchive', {
    tag: 'data',
    summary: 'A list of the datasets as plain text.',
    parameters: [known],
    responses: { 200: bytesAnswer('Markdown.', 'text/markdown'), 304: unchanged, 401: refused },
  }),
}
