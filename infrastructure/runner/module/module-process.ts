import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { failureKinds, runFailure, type RunFailure } from '@strata/domain/run'
import { killGroup } from './attempt-directory.ts'
import { systemPath } from './confinement.ts'

/** A process that waits to be let go: until then it can be put into a cgroup and written down. */
export interface ModuleProcess {
  readonly pid: number
  go(): void
  kill(): void
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly signal: string | undefined; readonly report: RunFailure | undefined }>
}

const gate = 'read -r go && [ "$go" = go ] || exit 125; exec "$@" </dev/null'

export async function startProcess(command: readonly string[], onLog: (chunk: Uint8Array) => void): Promise<ModuleProcess> {
  const child = spawn('sh', ['-c', gate, 'sh', ...command], {
    cwd: '/',
    env: { PATH: systemPath },
    // A group of its own, to be killed as one.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  const pid = child.pid ?? 0
  child.stdin.on('error', () => undefined)
  child.stdout.on('data', onLog)
  child.stderr.on('data', onLog)
  const report = readReport(child.stdio[3])
  const ended = new Promise<{ exitCode: number | undefined; signal: string | undefined }>((resolve) =>
    child.once('close', (exitCode, signal) => resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined })),
  )
  return {
    pid,
    go: () => child.stdin.end('go\n'),
    kill: () => killGroup(pid),
    ended: ended.then(async (end) => ({ ...end, report: await report })),
  }
}

const maxReportBytes = 16 * 1024

/** One line that the host, or whoever got hold of its pipe, wrote. It can only speak ill of the hook itself. */
async function readReport(pipe: unknown): Promise<RunFailure | undefined> {
  let text = ''
  for await (const chunk of pipe as Readable) if (text.length < maxReportBytes) text += String(chunk)
  try {
    const said: unknown = JSON.parse(text.split('\n')[0] ?? '')
    if (typeof said !== 'object' || said === null || !('kind' in said) || !('message' in said) || typeof said.message !== 'string') return undefined
    const kind = failureKinds.find((known) => known === said.kind)
    return kind === 'CONFIG' || kind === 'HOOK_EXIT' ? runFailure(kind, said.message) : undefined
  } catch {
    return undefined
  }
}
