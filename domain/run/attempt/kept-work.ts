import type { FailureKind } from './failure.ts'

/**
 * Whether the records that an ended attempt finished are kept, so that the next attempt gets only the others.
 *
 * A record's result is one line: all its rows, its rejection or its error. So a line that ends in a newline, is valid and
 * keeps the contract is the whole result, and what was killed in the middle of a record has no such line. The rules:
 * - Only a hook stopped from outside (out of memory, out of time, machinery lost) keeps its lines. One that exited with
 *   a fault of its own, or wrote what cannot be read, has itself said that its output cannot be trusted: nothing is kept.
 * - A last line without its newline is no line. A line of a record that broke the contract, or was an error, is not kept:
 *   that record is computed again.
 * - A record with no line is never EMPTY here; only an exit with 0 says that there was nothing to find.
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
