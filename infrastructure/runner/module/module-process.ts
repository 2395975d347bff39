import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { Duplex } from 'node:stream'
import { killGroup } from './attempt-directory.ts'
import { systemPath } from './confinement.ts'
import { channelFd } from './host/channel.ts'
import { inheritedDescriptors } from './inherited-descriptors.ts'

/** A process that waits to be let go: until then it can be put into a cgroup and written down. */
export interface ModuleProcess {
  readonly pid: number
  /** Its only connection besides the log: the socket to the host in it. */
  readonly channel: Duplex
  go(): void
  kill(): void
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly signal: string | undefined }>
}

/** Closes the descriptors beyond the channel, up to 9: a shell cannot name higher ones. */
const gate = 'read -r go && [ "$go" = go ] || exit 125; exec 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-; exec "$@" </dev/null'

export async function startProcess(command: readonly string[], onLog: (chunk: Uint8Array) => void): Promise<ModuleProcess> {
  const child = spawned(command)
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  const { stdin, stdout, stderr, pid = 0 } = child
  const channel = child.stdio[channelFd]
  if (stdin === null || stdout === null || stderr === null || !(channel instanceof Duplex))
    throw new Error('a process was started without its pipes')
  stdin.on('error', () => undefined)
  stdout.on('data', onLog)
  stderr.on('data', onLog)
  const ended = new Promise<{ exitCode: number | undefined; signal: string | undefined }>((resolve) =>
    child.once('close', (exitCode, signal) => resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined })),
  )
  return { pid, channel, go: () => stdin.end('go\n'), kill: () => killGroup(pid), ended }
}

/** Starts the process with four pipes. Every other descriptor that it would inherit from the worker becomes /dev/null. */
function spawned(command: readonly string[]): ChildProcess {
  const inherited = new Set(inheritedDescriptors())
  const beyond = Array.from(
    { length: [...inherited].reduce((last, fd) => Math.max(last, fd), channelFd) - channelFd },
    (_, i) => channelFd + 1 + i,
  )
  const nothing = openSync('/dev/null', 'r')
  try {
    return spawn('sh', ['-c', gate, 'sh', ...command], {
      cwd: '/',
      env: { PATH: systemPath },
      // A process group of its own, so that one signal kills all of it.
      detached: true,
      // "ignore" leaves a descriptor unchanged; one that is not inherited is closed by close-on-exec.
      stdio: ['pipe', 'pipe', 'pipe', 'pipe', ...beyond.map((fd) => (inherited.has(fd) ? nothing : 'ignore'))],
    })
  } finally {
    closeSync(nothing)
  }
}
