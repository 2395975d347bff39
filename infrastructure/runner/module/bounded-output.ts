import { isUtf8 } from 'node:buffer'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProgramKind } from '@strata/domain/run'

/** The answers exceed what a program may write. */
export class OutputExceeded extends Error {
  constructor(kind: ProgramKind, excess: string) {
    super(`The ${kind} wrote ${excess}.`)
    this.name = 'OutputExceeded'
  }
}

/** The output of a module, which the worker writes from the answers of the process. */
export interface BoundedOutput {
  /** Appends one line to a file of the output. */
  append(name: string, line: string): Promise<void>
  /** Counts bytes that are written elsewhere, before they are written. */
  count(bytes: number): void
  progress(step: string, status: 'running' | 'done', message: string): Promise<void>
  close(): Promise<void>
}

export function openBoundedOutput(kind: ProgramKind, outputDir: string, maxBytes: number): BoundedOutput {
  const opened = new Map<string, FileHandle>()
  let written = 0

  function count(bytes: number): void {
    written += bytes
    if (written > maxBytes) throw new OutputExceeded(kind, `more than ${maxBytes} bytes`)
  }

  async function append(name: string, line: string): Promise<void> {
    const content = Buffer.from(`${line}\n`)
    count(content.length)
    let file = opened.get(name)
    if (file === undefined) {
      file = await open(join(outputDir, name), 'ax', 0o644)
      opened.set(name, file)
    }
    await file.writeFile(content)
  }
  return {
    append,
    count,
    progress: (step, status, message) => append('progress.jsonl', JSON.stringify({ step, status, message })),
    close: async () => void (await Promise.all([...opened.values()].map((file) => file.close()))),
  }
}

/** One JSON value on one line, so that it cannot end the enclosing object or the line; undefined when the bytes are something else. */
export function jsonText(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes) || bytes.includes(0x0a) || bytes.includes(0x0d)) return undefined
  const text = bytes.toString()
  try {
    JSON.parse(text)
    return text
  } catch {
    return undefined
  }
}
