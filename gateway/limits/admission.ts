import { BadUserInput, QueryTooComplex } from '@strata/domain/shared'
import type { CheckedKind, CheckedOperation } from './operation-check.ts'
import type { Slots } from './slots.ts'

export interface AdmissionOptions {
  readonly deadlines: { readonly query: number; readonly mutation: number }
  /** The document to run, if it is not the one sent. */
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

/** All checks of an operation before the GraphQL server gets it. */
export function createAdmission({ deadlines, chooseDocument, check, slots }: AdmissionOptions): (sent: SentOperation) => Admission {
  return (sent) => {
    if (sent.isBatch)
      throw new QueryTooComplex('This request has several operations, and one is the limit; send each in a separate request.')
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
  return `This query took longer than ${milliseconds / 1000} s, which is the limit; request less at once.`
}

/** A late mutation may have passed the point where it can be aborted. */
function lateMutation(milliseconds: number): string {
  return `This mutation took longer than ${milliseconds / 1000} s, which is the limit. It may still succeed: check the result before you send it again.`
}
