import type { Readable } from 'node:stream'
import { EngineFault } from './fault.ts'

/** Hands over each line of JSON as it comes. */
export async function eachLine(answer: Readable, take: (line: unknown) => void): Promise<void> {
  let rest = ''
  try {
    for await (const chunk of answer.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim() !== '') take(JSON.parse(line))
    }
  } catch (error) {
    if (error instanceof EngineFault) throw error
    throw new EngineFault({ message: error instanceof Error ? error.message : String(error), code: 'ECONNRESET' })
  }
  if (rest.trim() !== '') take(JSON.parse(rest))
}
