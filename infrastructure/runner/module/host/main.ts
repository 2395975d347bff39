import nodeProcess from 'node:process'
import { describe, openAnswers } from './answer.ts'
import { channelFd, openChannel } from './channel.ts'
import { fromHost, toHost, tokenBytes } from './frame-kinds.ts'
import { lockDown } from './lock-down.ts'
import { openFiles } from './record-files.ts'

/**
 * The program around a module hook. The worker gives it one record at a time and receives the answer. It has no file, no other record and
 * no influence on how the run is judged. It shares its process with the hook, so the worker trusts none of its messages and decides by what
 * it observed. The host captures what it needs before it loads the hook, so a hook that rewrites its globals only harms its own results.
 */
const { parse } = JSON
const exit: (code: number) => never = nodeProcess.exit.bind(nodeProcess)
const hookUrl = new URL('../hook.mjs', import.meta.url).href
const channel = openChannel(channelFd)
const answers = openAnswers(channel)
const filesOf = openFiles(channel)

channel.send(fromHost.hello)
const configText = channel.receive().body.toString()
lockDown(hookUrl)
const hook = await load()
channel.send(fromHost.loaded)
for (let given = channel.receive(); given.kind !== toHost.done; given = channel.receive()) await compute(hook, given.body)
exit(0)

type Hook = (input: object) => unknown

async function load(): Promise<Hook> {
  try {
    const loaded: { default?: unknown } = await import(hookUrl)
    const found = loaded.default
    if (isHook(found)) return found
  } catch (error) {
    return giveUp(`The module could not be loaded: ${describe(error)}.`)
  }
  return giveUp(
    'The module has no function as its default export. Write `export default async function hook({ record, files, config, reject }) { … }`.',
  )
}

function isHook(found: unknown): found is Hook {
  return typeof found === 'function'
}

/** Each record gets its own config: what one hook call changes in it, the next does not see. */
async function compute(run: Hook, given: Buffer): Promise<void> {
  const token = given.subarray(0, tokenBytes)
  const record: object = parse(given.toString('utf8', tokenBytes))
  let rejected: { reason: string } | undefined
  const reject = (reason: unknown) => {
    if (typeof reason !== 'string' || reason === '') throw new TypeError('reject needs a reason that the record’s owner can act on')
    rejected ??= { reason }
  }
  try {
    const rows = await run({ record, files: filesOf(token), config: parse(configText), reject })
    if (rejected) return answers.rejection(token, rejected.reason)
    if (rows !== undefined && rows !== null && typeof rows !== 'object') throw new TypeError(`the hook returned ${typeof rows}, not rows`)
    answers.rows(token, rows ?? [])
  } catch (error) {
    answers.error(token, error)
  }
}

/** Writes to the worker, and so to the readers of the log. */
function giveUp(message: string): never {
  channel.send(fromHost.unusable, Buffer.from(message.slice(0, 3000)))
  return exit(87)
}
