import { runFailure, type ProgramKind, type RunFailure } from '@strata/domain/run'
import type { Progress } from './progress.ts'

/** How a module's process ended, as observed from outside the process. */
export interface ProcessEnd {
  readonly kind: ProgramKind
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  /** Why it was ended from here, if it was. */
  readonly stopped: Stop | undefined
  readonly oomKilled: boolean
  readonly progress: Progress
  readonly logTail: string
  readonly memoryBytes: number
  readonly timeoutSeconds: number
}

export type Stop =
  | { readonly why: 'cancelled' | 'timeout' | 'memory' }
  | { readonly why: 'output'; readonly excess: string }
  /** The process sent a message that the host never sends, or sends no more at this point. */
  | { readonly why: 'broken'; readonly how: string }

const engineCrashes = new Set([132, 133, 134, 139])
const crashSignals = new Set(['SIGABRT', 'SIGSEGV', 'SIGTRAP', 'SIGILL', 'SIGBUS', 'SIGFPE', 'SIGSYS', 'SIGXFSZ'])

export function classifyEnd(end: ProcessEnd): RunFailure | undefined {
  const { kind, exitCode, signal, stopped, progress } = end
  if (stopped !== undefined) return failureOfStop(stopped, end)
  if (exitCode === 0 && progress.stage === 'done') return undefined
  if (end.oomKilled || outOfHeap(end)) return outOfMemory(end)
  if (progress.unusable !== undefined) return runFailure('CONFIG', progress.unusable)
  if (progress.threw !== undefined) return runFailure('HOOK_EXIT', `The ${kind} failed ${where(end)}: ${progress.threw}`)
  // The host had not loaded the program yet, so the program cannot be the cause.
  if (progress.stage === 'starting') {
    return runFailure('RUNTIME', `The process for the ${kind} could not be started (${signal ?? `exit ${exitCode}`}).${said(end)}`)
  }
  if (crashed(end))
    return runFailure('HOOK_EXIT', `The ${kind} crashed its engine (${signal ?? `exit ${exitCode}`}), ${where(end)}.${said(end)}`)
  if (signal !== undefined) return runFailure('RUNTIME', `Another process on the machine ended the ${kind} (${signal}).`)
  return runFailure('HOOK_EXIT', `The ${kind} ${meaningOf(exitCode)} ${where(end)}.${said(end)}`)
}

/** The meaning of Node's own exit codes. */
function meaningOf(exitCode: number | undefined): string {
  switch (exitCode) {
    case 0:
      return 'ended its process'
    case 1:
      return 'threw an error that it did not catch (in an event, or in a promise it did not wait for),'
    case 13:
      return 'waits for something that never comes,'
    default:
      return `ended its process (exit ${exitCode}),`
  }
}

const units: { readonly [Kind in ProgramKind]: string } = { hook: 'record', ingester: 'batch' }

function where({ kind, progress: { stage, at } }: ProcessEnd): string {
  if (stage === 'done') return `after its last ${units[kind]}`
  return at === undefined ? `before its first ${units[kind]}` : `at the ${at}`
}

function failureOfStop(stop: Stop, end: ProcessEnd): RunFailure {
  switch (stop.why) {
    case 'cancelled':
      return runFailure('CANCELLED', 'The run was cancelled.')
    case 'timeout':
      return runFailure('TIMEOUT', `The ${end.kind} did not end within ${end.timeoutSeconds} seconds.`)
    case 'memory':
      return outOfMemory(end)
    case 'output':
      return runFailure('INVALID_OUTPUT', stop.excess)
    case 'broken':
      return runFailure(
        'HOOK_EXIT',
        `The ${end.kind} broke the talk between its process and the worker, ${where(end)}: ${stop.how}.${said(end)}`,
      )
  }
}

function outOfMemory({ kind, memoryBytes }: ProcessEnd): RunFailure {
  return runFailure('OOM', `The ${kind} needed more than its ${Math.round(memoryBytes / 2 ** 20)} MiB of memory.`)
}

/**
 * V8 enforces its heap limit by crashing the process; to a program's author that is the same as an OOM kill. A program that prints these words and
 * crashes gains nothing: it is retried with more memory, like a program that fills its memory.
 */
function outOfHeap(end: ProcessEnd): boolean {
  return (
    crashed(end) && /JavaScript heap out of memory|Reached heap limit|invalid table size|Array buffer allocation failed/i.test(end.logTail)
  )
}

function crashed({ exitCode, signal }: ProcessEnd): boolean {
  return (exitCode !== undefined && engineCrashes.has(exitCode)) || (signal !== undefined && crashSignals.has(signal))
}

function said({ logTail }: ProcessEnd): string {
  const lines = logTail.trim().split('\n').slice(-6).join('\n').slice(-1000)
  return lines === '' ? '' : ` Its last words: ${lines}`
}
