import { readFileSync } from 'node:fs'

/** Whether the process runs. A zombie does not: it only waits for its parent to collect its exit code. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  return !isZombie(pid)
}

function isZombie(pid) {
  if (process.platform !== 'linux') return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in field 2 may contain spaces and brackets.
    return 'ZX'.includes(stat.slice(stat.lastIndexOf(')') + 2)[0])
  } catch (error) {
    // It ended in between.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return true
    throw error
  }
}
