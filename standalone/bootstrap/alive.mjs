import { readFileSync } from 'node:fs'

/** Whether the process runs. A zombie has ended: only its exit code is left, until its parent asks for it. */
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
    // The name in field 2 may hold spaces and brackets.
    return 'ZX'.includes(stat.slice(stat.lastIndexOf(')') + 2)[0])
  } catch (error) {
    // It has ended in between, and so it is gone.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return true
    throw error
  }
}
