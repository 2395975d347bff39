import { Readable } from 'node:stream'
import type { Channel } from './channel.ts'
import { fromHost, maxReadBytes, toHost } from './frame-kinds.ts'

/** The files of one record, as its hook sees them. */
export interface RecordFiles {
  list(): { name: string; bytes: number }[]
  text(name: string): string
  bytes(name: string): Uint8Array
  stream(name: string): Readable
}

/**
 * Asks the worker for every read, because this process can open no file but its own program. The worker answers only for the record that it
 * sent last. The functions are captured here before the hook is loaded.
 */
export function openFiles(channel: Channel): (token: Uint8Array) => RecordFiles {
  const { parse, stringify } = JSON
  const { send, receive } = channel
  const { TextDecoder: Decoder, Uint8Array: Bytes, Error: Fault } = globalThis
  const from = Buffer.from.bind(Buffer)
  const concat = Buffer.concat.bind(Buffer)
  const { freeze } = Object
  const stream = Readable.from.bind(Readable)

  const ask = (kind: number, token: Uint8Array, wanted: number, question: string): Buffer => {
    send(kind, token, from(question))
    const answer = receive()
    if (answer.kind !== wanted)
      throw new Fault(answer.kind === toHost.refused ? answer.body.toString() : 'the worker gave an answer to another question')
    return answer.body
  }
  /** A value that is not a string names no file. */
  const nameOf = (name: unknown): string => {
    if (typeof name === 'string') return name
    throw new Fault('this record has no file of that name: a name is a text')
  }
  return (token) => {
    const part = (name: string, offset: number) => ask(fromHost.readFile, token, toHost.bytes, `${stringify(offset)} ${name}`)
    function* parts(name: string, first: Buffer): Generator<Buffer> {
      let offset = 0
      for (let next = first; next.length > 0; next = part(name, offset)) {
        yield next
        if (next.length < maxReadBytes) return
        offset += next.length
      }
    }
    const whole = (name: string): Buffer => {
      const first = part(name, 0)
      if (first.length < maxReadBytes) return first
      const all = [first]
      for (let next = first, offset = first.length; next.length === maxReadBytes; offset += next.length)
        all[all.length] = next = part(name, offset)
      return concat(all)
    }
    return freeze({
      list: () => parse(ask(fromHost.listFiles, token, toHost.files, '').toString()),
      text: (name: string) => new Decoder('utf-8', { fatal: true }).decode(whole(nameOf(name))),
      bytes: (name: string) => new Bytes(whole(nameOf(name))),
      stream: (name: string) => {
        // An invalid name is refused now, not at the first read.
        const first = part(nameOf(name), 0)
        return stream(parts(name, first), { objectMode: false })
      },
    })
  }
}
