import type { Schema } from '@strata/domain/convention'
import { BadUserInput, NotFound, parseSlug, type Slug } from '@strata/domain/shared'
import { checkRecords, type CheckedRecords } from './check-records.ts'
import { checkSourceNode } from './check-source.ts'
import type { FileSight } from './files/file-sight.ts'
import type { ImportLine, ReadableLine } from './import-line.ts'
import type { PublishInput, PublishResult } from './publish-records.ts'
import type { OnChange, RecordStore } from './record-store.ts'
import type { SourceOrigin } from './record-source.ts'

export interface ImportPorts extends Pick<RecordStore, 'schemaOf'> {
  /** `publishRecords` in its own transaction. */
  publish(input: PublishInput): Promise<readonly PublishResult[]>
}

/** What the address of an import says beside the convention. */
export const importParameters = ['sourceNode', 'onChange', 'on-change'] as const

export interface ImportInput {
  readonly convention: string
  readonly sourceNode: string
  /** What to do with other content under a known source id. */
  readonly onChange: OnChange
  /** Which files the records may name. */
  readonly sight: FileSight
  /** Reads the lines in chunks, each of which is published in one transaction. Parsing may depend on the schema. */
  readonly read: (schema: Schema) => AsyncIterable<readonly ImportLine[]>
}

/** `keep`, which is the default, or `revise`. */
export function parseOnChange(text: string | undefined): OnChange {
  const onChange = (text ?? 'KEEP').toUpperCase()
  if (onChange === 'KEEP' || onChange === 'REVISE') return onChange
  throw new BadUserInput(`"onChange" is "keep" or "revise", not "${(text ?? '').slice(0, 40).toWellFormed()}".`, 'onChange')
}

export type ImportResult = { readonly line: number } & PublishResult

/**
 * Publishes any number of records from a stream and yields one list of results per chunk, in order. A chunk is committed before
 * its results are yielded, so an interrupted import can be sent again. While one chunk is being written, only the next one is
 * read and checked: a caller that reads results slowly also slows down the reading of lines.
 */
export async function* importRecords(ports: ImportPorts, input: ImportInput): AsyncGenerator<readonly ImportResult[], void> {
  const convention = parseSlug(input.convention, 'convention')
  const origin: SourceOrigin = { type: 'import', sourceNode: checkSourceNode(input.sourceNode, 'sourceNode') }
  const schema = await ports.schemaOf(convention)
  if (!schema) throw new NotFound(`There is no convention "${convention}"; deploy it first.`, 'convention')

  const chunks = prepared(input.read(schema), schema, origin)
  let reading = begin(chunks.next())
  let writing: Promise<readonly ImportResult[]> | undefined
  try {
    for (;;) {
      const results = await writing
      writing = undefined
      // Start writing the next chunk before yielding, which waits for the caller.
      if (results === undefined || reading.isSettled) {
        const chunk = await reading.promise
        if (!chunk.done) {
          writing = begin(publishChunk(ports, { convention, origin, sight: input.sight, onChange: input.onChange }, chunk.value)).promise
          reading = begin(chunks.next())
        } else if (results === undefined) return
      }
      if (results !== undefined) yield results
    }
  } finally {
    await Promise.allSettled([writing])
    void chunks.return()
  }
}

/** Starts work without awaiting it. A failure is thrown where `promise` is awaited, and is not an unhandled rejection before. */
function begin<T>(promise: Promise<T>): { readonly promise: Promise<T>; readonly isSettled: boolean } {
  const work = { promise, isSettled: false }
  const settle = () => void (work.isSettled = true)
  promise.then(settle, settle)
  return work
}

/** Checking needs no transaction, so it runs while the previous chunk is being written. */
async function* prepared(chunks: AsyncIterable<readonly ImportLine[]>, schema: Schema, origin: SourceOrigin): AsyncGenerator<Chunk, void> {
  for await (const lines of chunks) {
    yield {
      lines,
      checked: await checkRecords(
        lines.filter(isReadable).map(({ record }) => record),
        schema,
        origin,
      ),
    }
  }
}

interface Chunk {
  readonly lines: readonly ImportLine[]
  readonly checked: CheckedRecords
}

async function publishChunk(
  ports: ImportPorts,
  to: { readonly convention: Slug; readonly origin: SourceOrigin; readonly sight: FileSight; readonly onChange: OnChange },
  { lines, checked }: Chunk,
): Promise<readonly ImportResult[]> {
  const records = lines.filter(isReadable).map(({ record }) => record)
  const results = (records.length === 0 ? [] : await ports.publish({ ...to, records, checked })).values()
  return lines.map((line) => {
    if (!isReadable(line)) return { line: line.line, sourceId: line.sourceId, status: 'INVALID', findings: line.findings }
    const { value: result } = results.next()
    if (result === undefined) throw new Error(`no result for line ${line.line}`)
    return { line: line.line, ...result }
  })
}

function isReadable(line: ImportLine): line is ReadableLine {
  return 'record' in line
}
