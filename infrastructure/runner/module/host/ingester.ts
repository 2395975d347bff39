import { openAnswers } from './answer.ts'
import { openBatches } from './answer-batch.ts'
import { channelFd, openChannel } from './channel.ts'
import { fromHost, toHost, tokenBytes } from './frame-kinds.ts'
import { exit, loadProgram, programUrl } from './load-program.ts'
import { fetchOf, lockDown } from './lock-down.ts'

/**
 * The program around a module ingester. The worker asks it for one batch after the other and writes the answers. It has no file and no
 * network. Like the host of a hook, it shares its process with the program, so the worker trusts none of its messages.
 */
const { parse } = JSON
const channel = openChannel(channelFd)
const answers = openAnswers(channel)
const batches = openBatches(channel)

channel.send(fromHost.hello)
const configText = channel.receive().body.toString()
lockDown(programUrl, 'ingester')
const ingest = await loadProgram(channel, 'export default async function ingest({ session, since, limit, config, fetch }) { … }')
channel.send(fromHost.loaded)
for (let asked = channel.receive(); asked.kind !== toHost.done; asked = channel.receive()) await pull(asked.body)
exit(0)

interface Question {
  readonly session: unknown
  readonly bounds: { readonly since?: string; readonly limit?: number }
}

async function pull(asked: Buffer): Promise<void> {
  const token = asked.subarray(0, tokenBytes)
  const { session, bounds }: Question = parse(asked.toString('utf8', tokenBytes))
  try {
    batches.send(token, await ingest({ session, ...bounds, config: parse(configText), fetch: fetchOf.ingester }), bounds.limit)
  } catch (error) {
    // Part of a batch may have been sent, so the attempt ends here.
    answers.error(token, error)
    exit(1)
  }
}
