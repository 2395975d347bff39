import { readdirSync, readFileSync } from 'node:fs'

/** The close-on-exec flag, as the kernel prints it in a descriptor's flags. */
const closedOnExec = 0o2000000

/**
 * Descriptors of this process that a child process would inherit. Node opens its own with close-on-exec, but the worker may have inherited
 * others from its parent. Read synchronously, so that no descriptor is opened in between.
 */
export function inheritedDescriptors(): readonly number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc/self/fd').map(Number).filter(isInherited)
}

function isInherited(fd: number): boolean {
  try {
    const flags = /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1]
    return flags !== undefined && (Number.parseInt(flags, 8) & closedOnExec) === 0
  } catch {
    // The descriptor that listed the directory is closed by now.
    return false
  }
}
