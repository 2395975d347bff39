import type { Readable } from 'node:stream'
import { actorOf, passGate, type Principal } from '@strata/domain/identity'
import { fileSightOf, parseOnChange } from '@strata/domain/record'
import { gather } from './gather.ts'
import { importAnswer, type AnswerOptions } from './import-answer.ts'
import { importBody, type ImportHeaders } from './import-body.ts'
import type { ImportServices } from './services.ts'

export interface ImportCall {
  readonly headers: Readonly<Record<string, string | undefined>> & ImportHeaders
  readonly convention: string
  /** Where the records come from; this node itself when it is not given. */
  readonly sourceNode: string | undefined
  /** What to do with other content under a known source id, as it was said. */
  readonly onChange: string | undefined
  readonly body: Readable
  /** Ends the import where it is, between two chunks. */
  readonly stop: AbortSignal
}

export interface ImportOptions extends AnswerOptions {
  readonly services: ImportServices
}

/**
 * `POST /import/{convention}`: takes lines, answers lines. What can be refused before the first result is thrown, so that
 * it has a status of its own.
 */
export async function importCall(
  call: ImportCall,
  principal: Principal,
  { services, domain, unavailableFault, reportBug }: ImportOptions,
): Promise<AsyncIterable<string>> {
  const caller = passGate(principal, 'importRecords', { convention: call.convention })
  const onChange = parseOnChange(call.onChange)
  // A caller who is refused while still sending must get the answer on the same connection.
  const read = importBody(call.headers, call.body.iterator({ destroyOnReturn: false }))
  const results = services.importRecords(
    {
      convention: call.convention,
      sourceNode: call.sourceNode ?? domain,
      onChange,
      sight: fileSightOf(caller),
      read: (schema) => gather(read(schema), call.stop),
    },
    actorOf(caller),
  )
  const first = await results.next()
  // A client that has disconnected is not a bug, and is not reported.
  const report = (fault: unknown) => (call.body.destroyed && !call.body.readableEnded ? undefined : reportBug(fault))
  return importAnswer(first, results, { domain, unavailableFault, reportBug: report })
}
