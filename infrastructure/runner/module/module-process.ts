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
  /** What it has besides its log: the socket to the host in it. */
  readonly channel: Duplex
  go(): void
  kill(): void
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly signal: string | undefined }>
}

/** Descriptors beyond the channel are closed; a shell can name no more than these. */
const gate = 'read -r go && [ "$go" = go ] || exit 125; exec 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-; exec "$@" </dev/null'

export async function startProcess(command: readonly string[], onLog: (chunk: Uint8Array) => void): Promise<ModuleProcess> {
  const child = spawned(command)
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  const { stdin, stdout, stderr, pid = 0 } = child
  const channel = child.stdio[channelFd]
  if (stdin === null || stdout === null || stderr === null || !(channel instanceof Duplex)) throw new Error('a process was started without its pipes')
  stdin.on('error', () => undefined)
  stdout.on('data', onLog)
  stderr.on('data', onLog)
  const ended = new Promise<{ exitCode: number | undefined; signal: string | undefined }>((resolve) =>
    child.once('close', (exitCode, signal) => resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined })),
  )
  return { pid, channel, go: () => stdin.end('go\n'), kill: () => killGroup(pid), ended }
}

/** With four pipes; whatever else the process would inherit from the worker is /dev/null instead. */
function spawned(command: readonly string[]): ChildProcess {
  const inherited = new Set(inheritedDescriptors())
  const beyond = Array.from({ length: [...inherited].reduce((last, fd) => Math.max(last, fd), channelFd) - channelFd }, (_, i) => channelFd + 1 + i)
  const nothing = openSync('/dev/null', 'r')
  try {
    return spawn('sh', ['-c', gate, 'sh', ...command], {
      cwd: '/',
      env: { PATH: systemPath },
      // A group of its own, to be killed as one.
      detached: true,
      // "ignore" leaves a descriptor as it is, which is closed when it is not inherited.
      stdio: ['pipe', 'pipe', 'pipe', 'pipe', ...beyond.map((fd) => (inherited.has(fd) ? nothing : 'ignore'))],
    })
  } finally {
    closeSync(nothing)
  }
}
