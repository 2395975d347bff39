import { actorOf, hasRole, holdsScope, type Principal } from '@strata/domain/identity'
import type { HookRun, RunAttempt } from '../hook-run.ts'
import { runFailure, type RunFailure } from '../attempt/failure.ts'

/** What decides who may read the texts of a run. */
export interface RunStanding {
  /** False while the run is over candidates that are not records yet. */
  readonly isPublic: boolean
  /** The actor who submitted the run's input. */
  readonly submittedBy: string
}

/** A run as one caller may see it. Resolvers accept only this type, and only this file creates it. */
export type RunView = HookRun & { readonly [viewed]: true }
export type AttemptView = RunAttempt & { readonly [viewed]: true }
declare const viewed: unique symbol

/**
 * The only decision about which parts of a run a caller may read. A hook may print, or put into a message, everything it was given. Until
 * all of a run's input is published, only callers who may see the draft, or who run the hooks, may read its log, messages, run.json, digests
 * and submitter. Everyone may see its status, counts and failure kinds.
 */
export function maySeeTexts(principal: Principal, { isPublic, submittedBy }: RunStanding): boolean {
  if (isPublic || hasRole(principal, 'CURATOR')) return true
  if (principal.kind === 'ANONYMOUS') return false
  return actorOf(principal) === submittedBy || holdsScope(principal.scopes, 'hooks:write')
}

export function viewOfRun(principal: Principal, run: HookRun, standing: RunStanding): RunView {
  return (maySeeTexts(principal, standing) ? run : withoutTexts(run)) as RunView
}

export function viewOfAttempt(principal: Principal, attempt: RunAttempt, standing: RunStanding): AttemptView {
  const { failure } = attempt
  const hidden = failure === undefined || maySeeTexts(principal, standing) ? attempt : { ...attempt, failure: withoutMessage(failure) }
  return hidden as AttemptView
}

export const withheld =
  'Withheld: the input of this run is not published yet. Its submitter, curators and callers with the scope hooks:write may read this.'

/** Lists the visible members. A new member of `HookRun` stays hidden until it is listed here. */
function withoutTexts({
  id,
  batch,
  hook,
  releaseId,
  status,
  oomRetries,
  counts,
  failure,
  reproduces,
  startedAt,
  finishedAt,
}: HookRun): HookRun {
  return {
    id,
    batch,
    hook,
    releaseId,
    status,
    oomRetries,
    counts,
    actor: 'withheld',
    ...(failure === undefined ? {} : { failure: withoutMessage(failure) }),
    ...(reproduces === undefined ? {} : { reproduces }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
  }
}

function withoutMessage({ kind }: RunFailure): RunFailure {
  return runFailure(kind, withheld)
}
