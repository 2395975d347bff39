import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A cgroup that holds one attempt. */
interface MemoryGroup {
  readonly path: string
  /** Puts a process, and all it starts from then on, into the group. */
  add(pid: number): Promise<void>
  /** Whether the kernel killed something in it for want of memory. */
  oomKilled(): Promise<boolean>
  /** Ends what still runs in it and removes it. */
  remove(): Promise<void>
}

export interface MemoryGroups {
  make(name: string, bytes: number, cpuMillis?: number): Promise<MemoryGroup>
  /** Groups of ours that are there, by name. */
  list(): Promise<readonly string[]>
  open(name: string): MemoryGroup
}

/** Version 1 or 2, where this process may make groups; undefined where it may not. */
export async function findMemoryGroups(prefix: string): Promise<MemoryGroups | undefined> {
  for (const candidate of await candidates()) {
    const groups = groupsIn(candidate, prefix)
    try {
      const probe = await groups.make(`probe-${process.pid}`, 64 * 2 ** 20)
      await probe.remove()
      return groups
    } catch {
      // Not ours to change, or without the memory controller: the next place, and in the end the watchdog.
    }
  }
  return undefined
}

interface Place {
  readonly version: 1 | 2
  readonly dir: string
}

async function candidates(): Promise<Place[]> {
  const [own, mounts] = await Promise.all([
    readFile('/proc/self/cgroup', 'utf8').catch(() => ''),
    readFile('/proc/self/mounts', 'utf8').catch(() => ''),
  ])
  const places: Place[] = []
  for (const mount of mounts.split('\n')) {
    const [, at = '', type, options = ''] = mount.split(' ')
    const version = type === 'cgroup2' ? 2 : type === 'cgroup' && options.split(',').includes('memory') ? 1 : undefined
    if (version === undefined) continue
    const line = own.split('\n').find((entry) => (version === 2 ? entry.startsWith('0::') : /^\d+:([^:]*,)?memory[,:]/.test(entry)))
    const path = line?.split(':').slice(2).join(':') ?? '/'
    places.push({ version, dir: join(at, path) }, { version, dir: at })
  }
  return places
}

function groupsIn({ version, dir }: Place, prefix: string): MemoryGroups {
  const open = (name: string) => group(version, join(dir, `${prefix}${name}`))
  return {
    async make(name, bytes, cpuMillis) {
      const path = join(dir, `${prefix}${name}`)
      await mkdir(path)
      try {
        await limit(version, path, bytes)
        if (version === 2 && cpuMillis !== undefined)
          await writeFile(join(path, 'cpu.max'), `${cpuMillis * 100} 100000`).catch(ignoreMissing)
      } catch (error) {
        await rmdir(path)
        throw error
      }
      return open(name)
    },
    list: async () => (await readdir(dir)).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)),
    open,
  }
}

async function limit(version: 1 | 2, path: string, bytes: number): Promise<void> {
  if (version === 2) {
    await writeFile(join(path, 'memory.max'), String(bytes))
    await writeFile(join(path, 'memory.swap.max'), '0').catch(ignoreMissing)
    return
  }
  await writeFile(join(path, 'memory.limit_in_bytes'), String(bytes))
  await writeFile(join(path, 'memory.memsw.limit_in_bytes'), String(bytes)).catch(ignoreMissing)
}

/** A kernel without accounting for swap. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT' && error.code !== 'EACCES') throw error
}

function group(version: 1 | 2, path: string): MemoryGroup {
  const procs = join(path, 'cgroup.procs')
  return {
    path,
    add: (pid) => writeFile(procs, String(pid)),
    async oomKilled() {
      const events = await readFile(join(path, version === 2 ? 'memory.events' : 'memory.oom_control'), 'utf8')
      return Number(/^oom_kill (\d+)$/m.exec(events)?.[1] ?? 0) > 0
    },
    async remove() {
      for (let tries = 0; ; tries += 1) {
        const pids = await readFile(procs, 'utf8').catch(() => undefined)
        if (pids === undefined) return
        for (const pid of pids.split('\n').filter(Boolean)) kill(Number(pid))
        const removed = await rmdir(path).then(
          () => true,
          (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
        )
        if (removed) return
        if (tries > 100) throw new Error(`the cgroup ${path} is still in use`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
