import type { Channel } from './channel.ts'
import { fromHost, maxReadBytes, maxResultBytes } from './frame-kinds.ts'
import { openJson } from './json-text.ts'

/** Sends what an ingester returned. A return value that breaks the contract is an error with the place in it. */
export interface Batches {
  send(token: Uint8Array, returned: unknown, limit: number | undefined): void
}

/** Captures these functions before the ingester can change them. */
export function openBatches({ send }: Channel): Batches {
  const { isArray } = Array
  const { isView } = ArrayBuffer
  const { TypeError: Wrong, RangeError: TooMuch, Uint8Array: Bytes, ArrayBuffer: Whole } = globalThis
  const from = Buffer.from.bind(Buffer)
  const concat = Buffer.concat.bind(Buffer)
  const json = openJson()

  const objectOf = (value: unknown, what: string): object => {
    if (typeof value === 'object' && value !== null && !isArray(value)) return value
    throw new Wrong(`${what} is ${value === null ? 'null' : isArray(value) ? 'a list' : typeof value}, not an object`)
  }
  const textOf = (value: unknown, what: string): string => {
    if (typeof value === 'string') return value
    throw new Wrong(`${what} is ${typeof value}, not a text`)
  }
  const listOf = (value: unknown, what: string): readonly unknown[] => {
    if (isArray(value)) return value
    throw new Wrong(`${what} is ${typeof value}, not a list`)
  }
  const bytesOf = (value: unknown, what: string): Uint8Array => {
    if (typeof value === 'string') return from(value)
    if (value instanceof Whole) return new Bytes(value)
    if (isView(value)) return new Bytes(value.buffer, value.byteOffset, value.byteLength)
    throw new Wrong(`${what} is neither a text nor bytes`)
  }

  function sendRecord(token: Uint8Array, value: unknown, where: string): void {
    const { source_id, deleted, metadata, files = [] }: Returned = objectOf(value, where)
    const sourceId = textOf(source_id, `${where}.source_id`)
    const contents = listOf(files, `${where}.files`).map((file, i) => {
      const { name, content }: ReturnedFile = objectOf(file, `${where}.files[${i}]`)
      return { name: textOf(name, `${where}.files[${i}].name`), content: bytesOf(content, `${where}.files[${i}].content`) }
    })
    if (deleted === true && (metadata !== undefined || contents.length > 0))
      throw new Wrong(`${where} is deleted, so it has no metadata and no files`)
    const text = deleted === true ? '{}' : json(objectOf(metadata, `${where}.metadata`))
    const listed = contents.map(({ name, content }) => ({ name, bytes: content.byteLength }))
    const head = json({ source_id: sourceId, deleted: deleted === true, files: listed })
    const body = concat([from(`${head}\n`), from(text)])
    if (body.length > maxResultBytes) throw new TooMuch(`${where} has more than ${maxResultBytes} bytes of metadata`)
    send(fromHost.pulled, token, body)
    for (const { content } of contents) {
      for (let sent = 0; sent < content.byteLength; sent += maxReadBytes)
        send(fromHost.fileBytes, token, content.subarray(sent, sent + maxReadBytes))
    }
  }

  return {
    send(token, returned, limit) {
      const { records, session, done }: ReturnedBatch = objectOf(returned, 'what the ingester returned')
      const list = listOf(records, '"records"')
      if (limit !== undefined && list.length > limit)
        throw new TooMuch(`the ingester returned ${list.length} records and was asked for ${limit} at most`)
      if (done !== true && (session === undefined || session === null))
        throw new Wrong('the ingester returned neither a session nor `done: true`, so the next pull would begin at the start again')
      const text = session === undefined || session === null ? '' : json(session)
      list.forEach((record, i) => sendRecord(token, record, `records[${i}]`))
      send(fromHost.batch, token, concat([from([done === true ? 1 : 0]), from(text)]))
    },
  }
}

interface ReturnedBatch {
  readonly records?: unknown
  readonly session?: unknown
  readonly done?: unknown
}

interface Returned {
  readonly source_id?: unknown
  readonly deleted?: unknown
  readonly metadata?: unknown
  readonly files?: unknown
}

interface ReturnedFile {
  readonly name?: unknown
  readonly content?: unknown
}
