import type { Schema } from '@strata/domain/convention'
import { BadUserInput, NotFound, parseSlug, type Slug } from '@strata/domain/shared'
import { checkRecords, type CheckedRecords } from './check-records.ts'
import { checkSourceNode } from './check-source.ts'
import type { FileSight } from './files/file-sight.ts'
import type { ImportLine, ReadableLine } from './import-line.ts'
import type { OnChange, PublishInput, PublishResult, RecordStore } from './publish-records.ts'
import type { SourceOrigin } from './record-source.ts'

export interface ImportPorts extends Pick<RecordStore, 'schemaOf'> {
  /** `publishRecords` in a transaction of its own. */
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
  /** The lines as they come, in chunks that are each published at once. How a line is read may depend on the schema. */
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
 * Publishes any number of records from a stream: one list of results per chunk, in order. A chunk is committed when its
 * results come; whatever ends the import, sending it again goes on from there. While one chunk is being written, the next
 * is read and checked, and no more than that: who reads the results slowly slows down the reading of the lines.
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
      // The next chunk goes to the database before anybody waits for the caller to take these results.
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

/** Work that goes on by itself; a failure is met where it is awaited, which may be later. */
function begin<T>(promise: Promise<T>): { readonly promise: Promise<T>; readonly isSettled: boolean } {
  const work = { promise, isSettled: false }
  const settle = () => void (work.isSettled = true)
  promise.then(settle, settle)
  return work
}

/** Checking needs no transaction, so it is done while the chunk before is being written. */
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
