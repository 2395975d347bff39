import type { Readable } from 'node:stream'
import { EngineFault } from './fault.ts'

/** A line of progress has some hundred bytes; one that reports a fault may hold all that a registry answered. */
const maxLine = 64 * 1024

/** Hands over each line of JSON as it comes. A line beyond the bound is a fault that begins like the line. */
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
