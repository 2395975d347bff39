import nodeProcess from 'node:process'
import { describe } from './answer.ts'
import type { Channel } from './channel.ts'
import { fromHost } from './frame-kinds.ts'

export const programUrl = new URL('../program.mjs', import.meta.url).href
export const exit: (code: number) => never = nodeProcess.exit.bind(nodeProcess)

type Program = (input: object) => unknown

/** The default export of the module. Without a function there, the process ends and the worker is told why. */
export async function loadProgram({ send }: Channel, example: string): Promise<Program> {
  try {
    const loaded: { default?: unknown } = await import(programUrl)
    const found = loaded.default
    if (isProgram(found)) return found
  } catch (error) {
    return giveUp(send, `The module could not be loaded: ${describe(error)}.`)
  }
  return giveUp(send, `The module has no function as its default export. Write \`${example}\`.`)
}

function isProgram(found: unknown): found is Program {
  return typeof found === 'function'
}

function giveUp(send: Channel['send'], message: string): never {
  send(fromHost.unusable, Buffer.from(message.slice(0, 3000)))
  return exit(87)
}
