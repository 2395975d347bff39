import { brokenLine, readImportLine, type ImportLine } from '@strata/domain/record'
import type { Json } from '@strata/domain/shared'
import { byteLines, type TextLine } from './byte-lines.ts'
import type { LineBatch } from './gather.ts'

/** One JSON object a line. */
export async function* readNdjson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LineBatch, void> {
  for await (const lines of byteLines(bytes)) {
    yield { lines: lines.filter(isNotBlank).map(read), size: lines.reduce((sum, { text }) => sum + text.length, 0) }
  }
}

function read({ line, text, fault }: TextLine): ImportLine {
  if (fault !== undefined) return brokenLine(line, fault)
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return brokenLine(line, 'The line is not valid JSON.')
  }
  return readImportLine(value, line)
}

function isNotBlank({ text, fault }: TextLine): boolean {
  return fault !== undefined || /\S/.test(text)
}
