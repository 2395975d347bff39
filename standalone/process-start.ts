import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process started, as reported by the system; undefined if it does not exist or is a zombie. A pid alone is not enough: after a
 * reboot, or in a container, another process may have it.
 */
export function processStart(pid: number): string | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

function fromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in field 2 may contain spaces and brackets; the start time is the 20th field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return ended.has(fields[0] ?? '') ? undefined : fields[19]
  } catch {
    // There is no such process.
    return undefined
  }
}

function fromPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
  const [state = '', ...start] = stdout.trim().split(/\s+/)
  return status === 0 && start.length > 0 && !ended.has(state[0] ?? '') ? start.join(' ') : undefined
}

/** A zombie has ended. It stays in the process table until its parent collects its exit code, which in a container may never happen. */
const ended = new Set(['Z', 'X', 'x'])
