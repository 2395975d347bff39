import { BadUserInput, QueryTooComplex } from '@strata/domain/shared'
import type { CheckedKind, CheckedOperation } from './operation-check.ts'
import type { Slots } from './slots.ts'

export interface AdmissionOptions {
  readonly deadlines: { readonly query: number; readonly mutation: number }
  /** The document that is meant, when it is another than the one that was sent. */
  chooseDocument(sent: SentOperation): string | undefined
  check(operation: CheckedOperation): CheckedKind
  readonly slots: Slots
}

export interface SentOperation extends Partial<CheckedOperation> {
  readonly documentId?: string | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
  readonly isBatch: boolean
}

export interface Admission {
  readonly document: string | undefined
  readonly deadline: { readonly milliseconds: number; readonly sentence: string }
  readonly isSafeToAbandon: boolean
  enter(caller: string, signal: AbortSignal): Promise<() => void>
}

/** Everything that is decided about an operation before the server gets to see it. */
export function createAdmission({ deadlines, chooseDocument, check, slots }: AdmissionOptions): (sent: SentOperation) => Admission {
  return (sent) => {
    if (sent.isBatch)
      throw new QueryTooComplex('This request has several operations, and one is the limit; send each in a request of its own.')
    const document = chooseDocument(sent)
    const query = document ?? sent.query
    const { kind, cost } = query === undefined ? unread : check({ ...sent, query })
    if (kind === 'subscription') throw new BadUserInput('Subscriptions are not served at this address; send a query.')
    const milliseconds = kind === 'mutation' ? deadlines.mutation : deadlines.query
    const deadline = { milliseconds, sentence: kind === 'mutation' ? lateMutation(milliseconds) : lateQuery(milliseconds) }
    return { document, deadline, isSafeToAbandon: kind === 'query', enter: (caller, signal) => slots.enter({ cost, caller, signal }) }
  }
}

const unread: CheckedKind = { kind: undefined, cost: 0 }

function lateQuery(milliseconds: number): string {
  return `This query took longer than ${milliseconds / 1000} s, which is the limit; ask for less at once.`
}

/** It may be past the point of no return. */
function lateMutation(milliseconds: number): string {
  return `This mutation took longer than ${milliseconds / 1000} s, which is the limit. It may still be carried out: look before you send it again.`
}
