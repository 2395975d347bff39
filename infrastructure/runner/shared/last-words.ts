import { runFailure, type ProgramKind, type RunFailure } from '@strata/domain/run'
import { constants } from 'node:os'
import { explainNetwork } from './network-hint.ts'

/** A program that ended by itself, and not well. */
export function failureOfExit(kind: ProgramKind, exitCode: number, log: string): RunFailure {
  return runFailure('HOOK_EXIT', `The ${kind} exited with ${exitCode}${meaningOf(exitCode)}; ${lastWords(kind, log)}`)
}

function lastWords(kind: ProgramKind, tail: string): string {
  const words = tail.trim().split('\n').slice(-6).join('\n').slice(-1000)
  return words === '' ? 'it printed nothing.' : explainNetwork(kind, `its last words: ${words}`)
}

/** 128 plus the signal number: the convention of shells, which an init also uses when a signal ended its program. */
function meaningOf(exitCode: number): string {
  if (exitCode === 126) return ', which usually means that a program could not be executed'
  if (exitCode === 127) return ', which usually means that a program was not found'
  const name = Object.entries(constants.signals).find(([, number]) => number === exitCode - 128)?.[0]
  return name === undefined ? '' : `, which usually means ${name}`
}
