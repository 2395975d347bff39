import { spawnSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { callEngine } from './engine-call.ts'
import { answers, engineSettings, startService, type ContainerEngine, type Service } from './container-engine.ts'
import { temporaryDirectory } from './temporary-directory.ts'
import { eventually } from './eventually.ts'

/** An engine that a test can stop, and start again with the same data. */
export interface MortalEngine extends ContainerEngine {
  start(): Promise<void>
  /** SIGTERM is an orderly stop. SIGKILL leaves its containers running. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** The ids of all containers, running or not. */
  containers(): Promise<readonly string[]>
}

/** A killed engine leaves its storage bind-mounted onto itself. */
async function unmounted(below: string): Promise<void> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '')
  for (const path of mounts.filter((each) => each.startsWith(`${below}/`)).toReversed()) {
    const { status, stderr } = spawnSync('umount', [path], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  }
}

/**
 * Killing the engine also kills its containerd. If process 1 does not reap it, containerd stays as a zombie; the next engine reads its
 * pid, assumes that it runs, and waits for its socket for ever. So the pid file is removed when containerd has ended.
 */
async function containerdEnded(directory: string): Promise<void> {
  const file = join(directory, 'exec/containerd/containerd.pid')
  const pid = Number(await readFile(file, 'utf8').catch(() => ''))
  if (!(pid > 0)) return
  await eventually(async () => expect(await isRunning(pid)).toBe(false))
  await rm(file)
}

async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return stat !== undefined && !/\) [ZX] /.test(stat)
}

export async function startMortalEngine({ liveRestore = false } = {}): Promise<MortalEngine> {
  await using parts = new AsyncDisposableStack()
  const directory = parts.use(await temporaryDirectory())
  const { socket, settings } = await engineSettings(directory.path, { 'live-restore': liveRestore })
  parts.defer(() => unmounted(directory.path))
  let service: Service | undefined
  const engine = {
    socket,
    async start() {
      service ??= await startService('dockerd', ['--config-file', settings], () => answers(socket))
    },
    async stop(signal: 'SIGTERM' | 'SIGKILL') {
      await service?.kill(signal)
      service = undefined
      if (signal === 'SIGKILL') await containerdEnded(directory.path)
    },
    async containers() {
      const found: { Id: string }[] = JSON.parse(await callEngine(socket, { path: '/containers/json', query: { all: 'true' } }))
      return found.map(({ Id }) => Id)
    },
  }
  parts.defer(async () => {
    // Only this engine can end containers that outlived it.
    await engine.start()
    for (const id of await engine.containers())
      await callEngine(socket, { method: 'DELETE', path: `/containers/${id}`, query: { force: 'true' } })
    await engine.stop('SIGTERM')
  })
  await engine.start()
  const running = parts.move()
  return { ...engine, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
