import { recordSrn, type ImportResult } from '@strata/domain/record'
import { Refusal } from '@strata/domain/shared'

export interface AnswerOptions {
  readonly domain: string
  /** The refusal to answer with when the fault is neither the caller's nor a bug, such as a database that is away. */
  readonly unavailableFault: (fault: unknown) => Refusal | undefined
  /** Tells the operator of a bug; the caller learns only that it was one. */
  readonly reportBug: (fault: unknown) => void
}

/** The results as JSON lines, then one line that says how it ended: a summary, or an error. */
export async function* importAnswer(
  first: IteratorResult<readonly ImportResult[], void>,
  rest: AsyncIterator<readonly ImportResult[], void>,
  { domain, ...faults }: AnswerOptions,
): AsyncGenerator<string, void> {
  const counts = { PUBLISHED: 0, REVISED: 0, CHANGED: 0, DUPLICATE: 0, INVALID: 0 }
  const warnings: string[] = []
  try {
    for (let chunk = first; !chunk.done; chunk = await rest.next()) {
      for (const result of chunk.value) {
        counts[result.status] += 1
        if (result.status === 'PUBLISHED' && result.warning !== undefined) warnings.push(result.warning)
      }
      yield chunk.value.map((result) => `${printed(result, domain)}\n`).join('')
    }
    yield `${JSON.stringify({ done: true, published: counts.PUBLISHED, revised: counts.REVISED, changed: counts.CHANGED, duplicate: counts.DUPLICATE, invalid: counts.INVALID, ...(warnings.length > 0 ? { warnings } : {}) })}\n`
  } catch (fault) {
    yield `${JSON.stringify({ error: errorOf(fault, faults) })}\n`
  } finally {
    await rest.return?.()
  }
}

function printed({ line, sourceId, ...result }: ImportResult, domain: string): string {
  const { status } = result
  const srn = status === 'INVALID' ? null : recordSrn(domain, result)
  return JSON.stringify({ line, sourceId, status, srn, findings: status === 'INVALID' || status === 'CHANGED' ? result.findings : [] })
}

function errorOf(
  thrown: unknown,
  { unavailableFault, reportBug }: Omit<AnswerOptions, 'domain'>,
): { code: string; message: string; field?: string } {
  const fault = thrown instanceof Refusal ? thrown : (unavailableFault(thrown) ?? thrown)
  if (fault instanceof Refusal) {
    const { code, message, field } = fault
    return { code, message, ...(field === undefined ? {} : { field }) }
  }
  reportBug(fault)
  return { code: 'INTERNAL', message: 'Something went wrong on our side. What is reported above is kept; send the import again to go on.' }
}
