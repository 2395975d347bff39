import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Schema } from '@strata/domain/convention'
import { BadUserInput } from '@strata/domain/shared'
import { readCsv } from './csv.ts'
import type { LineBatch } from './gather.ts'
import { readNdjson } from './ndjson.ts'

export interface ImportHeaders {
  readonly 'content-type'?: string | undefined
  readonly 'content-encoding'?: string | undefined
}

export type ReadBody = (schema: Schema) => AsyncIterable<LineBatch>

/** How the body is to be read, by what its headers say of it; refused before anything is read when that is unknown. */
export function importBody(headers: ImportHeaders, body: AsyncIterable<Uint8Array>): ReadBody {
  const read = readerOf(headers['content-type'])
  const bytes = decoded(headers['content-encoding'], body)
  return (schema) => read(bytes, schema)
}

function readerOf(contentType = ''): (bytes: AsyncIterable<Uint8Array>, schema: Schema) => AsyncIterable<LineBatch> {
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters.map((parameter) => /^charset="?([^"]*)"?$/.exec(parameter)?.[1]).find((name) => name !== undefined)
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')
    throw new BadUserInput('An import is read as UTF-8; send it in that.', 'content-type')
  if (type === 'text/csv') return readCsv
  if (['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/x-jsonlines'].includes(type)) return readNdjson
  throw new BadUserInput(
    'An import is JSON lines or CSV; send it with "Content-Type: application/x-ndjson" or "Content-Type: text/csv".',
    'content-type',
  )
}

function decoded(encoding: string | undefined, body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return body
    case 'gzip':
    case 'x-gzip':
      return unzipped(body)
    default:
      throw new BadUserInput('An import may be compressed with gzip and with nothing else.', 'content-encoding')
  }
}

async function* unzipped(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const unzip = createGunzip()
  // A failure of either comes out of `unzip`, which is read below.
  pipeline(body, unzip, () => {})
  try {
    yield* unzip
  } catch (fault) {
    const isBroken = fault instanceof Error && 'code' in fault && String(fault.code).startsWith('Z_')
    throw isBroken ? new BadUserInput('The gzip data is broken or ends too early; what came before it is kept.', 'content-encoding') : fault
  }
}
