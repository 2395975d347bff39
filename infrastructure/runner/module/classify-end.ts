import { runFailure, type RunFailure } from '@strata/domain/run'

/** How a module's process ended, as seen from outside, and what the host in it had to say. */
export interface ProcessEnd {
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  /** Why it was ended from here, if it was. */
  readonly stopped: Stop | undefined
  readonly oomKilled: boolean
  readonly report: RunFailure | undefined
  readonly logTail: string
  readonly memoryBytes: number
  readonly timeoutSeconds: number
}

export type Stop = { readonly why: 'cancelled' | 'timeout' | 'memory' } | { readonly why: 'output'; readonly excess: string }

/** The host's own exits: host/main.ts. Everything but these and a crash of the engine comes from before the hook. */
const hostExits = new Set([86, 87])
const engineCrashes = new Set([132, 133, 134, 139])
const crashSignals = new Set(['SIGABRT', 'SIGSEGV', 'SIGTRAP', 'SIGILL', 'SIGBUS'])

export function classifyEnd(end: ProcessEnd): RunFailure | undefined {
  const { exitCode, signal, stopped } = end
  if (stopped !== undefined) return failureOfStop(stopped, end)
  if (exitCode === 0) return undefined
  if (end.oomKilled || outOfHeap(end)) return outOfMemory(end)
  if (end.report !== undefined) return end.report
  if (exitCode !== undefined && hostExits.has(exitCode)) return runFailure('HOOK_EXIT', `The hook ended with a fault.${said(end)}`)
  if (crashed(end)) return runFailure('HOOK_EXIT', `The hook crashed its engine (${signal ?? `exit ${exitCode}`}).${said(end)}`)
  if (signal !== undefined) return runFailure('RUNTIME', `Somebody or something on the machine ended the hook (${signal}).`)
  return runFailure('RUNTIME', `The process for the hook could not be started (exit ${exitCode}).${said(end)}`)
}

function failureOfStop(stop: Stop, end: ProcessEnd): RunFailure {
  switch (stop.why) {
    case 'cancelled':
      return runFailure('CANCELLED', 'The run was cancelled.')
    case 'timeout':
      return runFailure('TIMEOUT', `The hook did not end within ${end.timeoutSeconds} seconds.`)
    case 'memory':
      return outOfMemory(end)
    case 'output':
      return runFailure('INVALID_OUTPUT', stop.excess)
  }
}

function outOfMemory({ memoryBytes }: ProcessEnd): RunFailure {
  return runFailure('OOM', `The hook needed more than its ${Math.round(memoryBytes / 2 ** 20)} MiB of memory.`)
}

/** V8 keeps to its heap by ending the process; to a hook's author that is the same as the kernel's way. */
function outOfHeap(end: ProcessEnd): boolean {
  return crashed(end) && /JavaScript heap out of memory|Reached heap limit|invalid table size|Array buffer allocation failed/i.test(end.logTail)
}

function crashed({ exitCode, signal }: ProcessEnd): boolean {
  return (exitCode !== undefined && engineCrashes.has(exitCode)) || (signal !== undefined && crashSignals.has(signal))
}

function said({ logTail }: ProcessEnd): string {
  const lines = logTail.trim().split('\n').slice(-6).join('\n').slice(-1000)
  return lines === '' ? '' : ` Its last words: ${lines}`
}
