import { actorOf, hasRole, holdsScope, type Principal } from '@strata/domain/identity'
import type { HookRun, RunAttempt } from './hook-run.ts'
import { runFailure, type RunFailure } from './failure.ts'

/** What decides who may read what a run says. */
export interface RunStanding {
  /** False while it is over candidates that are no records yet. */
  readonly isPublic: boolean
  /** The actor who handed in what it is over. */
  readonly submittedBy: string
}

/** A run as one caller may see it. Resolvers take nothing else, and only this file makes it. */
export type RunView = HookRun & { readonly [viewed]: true }
export type AttemptView = RunAttempt & { readonly [viewed]: true }
declare const viewed: unique symbol

/**
 * The one decision about what a run says. A hook may print, or put into a message, all that it was handed. So until everything that a
 * run is over is published, its log, its messages, its run.json, its digests and the name of its submitter are for those who may
 * see the draft anyway, and for those who run the hooks. Status, counts and the kind of a failure are for everybody.
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

export const withheld = 'Withheld: this run is over what is not published yet. Its submitter, curators and the scope hooks:write may read it.'

/** Lists what stays. A member that is added to `HookRun` is hidden until it is listed here. */
function withoutTexts({ id, batch, hook, releaseId, status, oomRetries, counts, failure, reproduces, startedAt, finishedAt }: HookRun): HookRun {
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
