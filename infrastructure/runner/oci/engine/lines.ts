import type { Readable } from 'node:stream'
import { EngineFault } from './fault.ts'

/** A progress line has a few hundred bytes. A line that reports a fault may have everything that a registry answered. */
const maxLine = 64 * 1024

/** Passes each line of JSON on as it arrives. A line beyond the limit becomes a fault with the beginning of the line. */
export async function eachLine(answer: Readable, take: (line: unknown) => void): Promise<void> {
  let rest = ''
  try {
    for await (const chunk of answer.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim() !== '') take(parsed(line))
      if (rest.length > maxLine) parsed(rest)
    }
  } catch (error) {
    if (error instanceof EngineFault) throw error
    throw new EngineFault({ message: error instanceof Error ? error.message : String(error), code: 'ECONNRESET' })
  }
  if (rest.trim() !== '') take(parsed(rest))
}

function parsed(line: string): unknown {
  if (line.length > maxLine) throw new EngineFault({ status: 500, message: line.slice(0, maxLine) })
  return JSON.parse(line)
}
