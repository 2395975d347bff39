import { readFile } from 'node:fs/promises'

/** Kills by resident memory where no cgroup can: looks ten times a second, so a fast eater is caught a little late. */
export function watchMemory(pid: number, bytes: number, onExceeded: () => void): () => void {
  const watch = { stopped: false }
  const look = async () => {
    while (!watch.stopped) {
      if ((await residentOf(pid)) > bytes) {
        onExceeded()
        return
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  void look()
  return () => {
    watch.stopped = true
  }
}

/** Of the process and all below it. */
async function residentOf(pid: number): Promise<number> {
  const [status, children] = await Promise.all([
    readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => ''),
  ])
  const own = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
  const below = await Promise.all(
    children
      .split(' ')
      .filter(Boolean)
      .map((child) => residentOf(Number(child))),
  )
  return below.reduce((sum, bytes) => sum + bytes, own)
}
