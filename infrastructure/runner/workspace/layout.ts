import { join } from 'node:path'

/**
 * The one place that says where a run's files are, below the directory of all runs:
 *
 *   <run>/<lease>/run.json
 *   <run>/<lease>/<attempt>/{in,files,out,log}
 *
 * Each lease writes below its own number, so a worker that lost the run and wakes up cannot write into files of another lease.
 */
export function runDirectory(dir: string, run: string): string {
  // Two levels: a directory with a million entries is slow to list. The end of a UUIDv7 is the random part.
  return join(dir, run.slice(-2), run)
}

export function leaseDirectory(dir: string, { run, lease }: { run: string; lease: number }): string {
  return join(runDirectory(dir, run), String(lease))
}

export function attemptDirectory(dir: string, at: { run: string; lease: number; attempt: number }): string {
  return join(leaseDirectory(dir, at), String(at.attempt))
}
