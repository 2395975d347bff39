import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process began, as the system tells it; undefined when there is no such process, or it has ended and only its exit code is left. A pid alone says little: after
 * a reboot, or in a container, another process may have it.
 */
export function processStart(pid: number): string | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

function fromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in field 2 may hold spaces and brackets; the start time is the 20th field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return ended.has(fields[0] ?? '') ? undefined : fields[19]
  } catch {
    // No such process: that is the answer.
    return undefined
  }
}

function fromPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
  const [state = '', ...start] = stdout.trim().split(/\s+/)
  return status === 0 && start.length > 0 && !ended.has(state[0] ?? '') ? start.join(' ') : undefined
}

/** A zombie has ended; it stays in the table until its parent asks for its exit code, in a container perhaps never. */
const ended = new Set(['Z', 'X', 'x'])
