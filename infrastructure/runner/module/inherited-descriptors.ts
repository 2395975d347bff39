import { readdirSync, readFileSync } from 'node:fs'

/** As the kernel prints it among a descriptor's flags. */
const closedOnExec = 0o2000000

/**
 * Descriptors of this process that a program it starts would inherit. Node opens its own so that they are closed then, but
 * a worker may have inherited some from what started it. Read at once, so that nothing is opened in between.
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
    // The one that listed the directory is closed by now.
    return false
  }
}
