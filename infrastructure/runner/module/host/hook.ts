import { openAnswers } from './answer.ts'
import { channelFd, openChannel } from './channel.ts'
import { fromHost, toHost, tokenBytes } from './frame-kinds.ts'
import { exit, loadProgram, programUrl } from './load-program.ts'
import { lockDown } from './lock-down.ts'
import { openFiles } from './record-files.ts'

/**
 * The program around a module hook. The worker gives it one record at a time and receives the answer. It has no file, no other record and
 * no influence on how the run is judged. It shares its process with the hook, so the worker trusts none of its messages and decides by what
 * it observed. The host captures what it needs before it loads the hook, so a hook that rewrites its globals only harms its own results.
 */
const { parse } = JSON
const channel = openChannel(channelFd)
const answers = openAnswers(channel)
const filesOf = openFiles(channel)

channel.send(fromHost.hello)
const configText = channel.receive().body.toString()
lockDown(programUrl, 'hook')
const hook = await loadProgram(channel, 'export default async function hook({ record, files, config, reject }) { … }')
channel.send(fromHost.loaded)
for (let given = channel.receive(); given.kind !== toHost.done; given = channel.receive()) await compute(given.body)
exit(0)

/** Each record gets its own config: what one hook call changes in it, the next does not see. */
async function compute(given: Buffer): Promise<void> {
  const token = given.subarray(0, tokenBytes)
  const record: object = parse(given.toString('utf8', tokenBytes))
  let rejected: { reason: string } | undefined
  const reject = (reason: unknown) => {
    if (typeof reason !== 'string' || reason === '') throw new TypeError('reject needs a reason that the record’s owner can act on')
    rejected ??= { reason }
  }
  try {
    const rows = await hook({ record, files: filesOf(token), config: parse(configText), reject })
    if (rejected) return answers.rejection(token, rejected.reason)
    if (rows !== undefined && rows !== null && typeof rows !== 'object') throw new TypeError(`the hook returned ${typeof rows}, not rows`)
    answers.rows(token, rows ?? [])
  } catch (error) {
    answers.error(token, error)
  }
}
