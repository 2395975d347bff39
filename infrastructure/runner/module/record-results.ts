import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { hookFiles } from '@strata/domain/run'
import { isUtf8 } from 'node:buffer'
import { fromHost } from './host/frame-kinds.ts'

/** The output of a module, which the worker writes from the answers of the process. */
export interface RecordResults {
  /** Writes one complete line about the record. An answer that is not JSON becomes an error of the record. */
  add(id: string, kind: number, answer: Buffer): Promise<void>
  progress(status: 'running' | 'done', message: string): Promise<void>
  close(): Promise<void>
}

/** The answers exceed what a hook may write. */
export class OutputExceeded extends Error {
  constructor(maxBytes: number) {
    super(`The hook wrote more than ${maxBytes} bytes.`)
    this.name = 'OutputExceeded'
  }
}

type OutputName = typeof hookFiles.features | typeof hookFiles.rejections | typeof hookFiles.errors | typeof hookFiles.progress

export function openResults(outputDir: string, maxBytes: number): RecordResults {
  const opened = new Map<OutputName, FileHandle>()
  let bytes = 0

  async function append(name: OutputName, line: string): Promise<void> {
    const content = Buffer.from(`${line}\n`)
    bytes += content.length
    if (bytes > maxBytes) throw new OutputExceeded(maxBytes)
    let file = opened.get(name)
    if (file === undefined) {
      file = await open(join(outputDir, name), 'ax', 0o644)
      opened.set(name, file)
    }
    await file.writeFile(content)
  }
  return {
    async add(id, kind, answer) {
      const text = jsonText(answer)
      const about = `{"id":${JSON.stringify(id)}`
      if (text === undefined)
        return append(hookFiles.errors, `${about},"error":"The hook's process answered with something that is no JSON.","retryable":false}`)
      switch (kind) {
        case fromHost.rows:
          return append(hookFiles.features, `${about},"features":${text}}`)
        case fromHost.rejection:
          return append(hookFiles.rejections, `${about},"reason":${text}}`)
        default:
          return append(hookFiles.errors, `${about},${errorMembers(text)}}`)
      }
    },
    progress: (status, message) => append(hookFiles.progress, JSON.stringify({ step: 'records', status, message })),
    close: async () => void (await Promise.all([...opened.values()].map((file) => file.close()))),
  }
}

/** Puts one value on one line, so that it cannot end the enclosing object or the line. */
function jsonText(answer: Buffer): string | undefined {
  if (!isUtf8(answer) || answer.includes(0x0a) || answer.includes(0x0d)) return undefined
  const text = answer.toString()
  try {
    JSON.parse(text)
    return text
  } catch {
    return undefined
  }
}

function errorMembers(text: string): string {
  const said: unknown = JSON.parse(text)
  const of = (name: string): unknown => (typeof said === 'object' && said !== null ? Reflect.get(said, name) : undefined)
  const error = of('error')
  return `"error":${JSON.stringify(typeof error === 'string' ? error : 'The hook gave no reason.')},"retryable":${of('retryable') === true}`
}
