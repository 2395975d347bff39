import type { FailureKind } from './failure.ts'

/**
 * Whether the records that an ended attempt finished are kept, so that the next attempt gets only the others.
 *
 * A record's result is one line with all its rows, its rejection or its error. So a line that is valid, ends in a newline and
 * keeps the contract is a complete result, and a record in progress when the hook was killed has none. The rules:
 * - Lines are kept only from a hook that was stopped from outside (out of memory, out of time, machinery lost). If the hook exited
 *   with a fault of its own or wrote unreadable output, its output cannot be trusted, and nothing is kept.
 * - A last line without a newline is discarded. The line of a record that broke the contract or ended as an error is not kept,
 *   and the record is computed again.
 * - A record without a line is never EMPTY here: only an exit with 0 means that there was nothing to find.
 */
export function keepsFinishedRecords(kind: FailureKind): boolean {
  switch (kind) {
    case 'OOM':
    case 'TIMEOUT':
    case 'UPSTREAM':
    case 'RUNTIME':
      return true
    case 'IMAGE_PULL':
    case 'CONFIG':
    case 'PERMISSION':
    case 'HOOK_EXIT':
    case 'INVALID_OUTPUT':
    case 'CANCELLED':
    case 'UNKNOWN':
      return false
  }
}
