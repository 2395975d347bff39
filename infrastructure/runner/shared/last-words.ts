import type { RunFailure } from '@strata/domain/run'
import { constants } from 'node:os'

/** A hook that ended by itself, and not well. */
export function failureOfExit(exitCode: number, log: string): RunFailure {
  return { kind: 'HOOK_EXIT', message: `The hook exited with ${exitCode}${signalOf(exitCode)}; ${lastWords(log)}` }
}

function lastWords(tail: string): string {
  const words = tail.trim().split('\n').slice(-6).join('\n').slice(-1000)
  return words === '' ? 'it printed nothing.' : `its last words: ${words}`
}

/** How an init or a runtime passes on that its program was ended by a signal. */
function signalOf(exitCode: number): string {
  const name = Object.entries(constants.signals).find(([, number]) => number === exitCode - 128)?.[0]
  return name === undefined ? '' : `, which usually means ${name}`
}
