import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { claimDataDirectory } from '../../standalone/data-directory.ts'
import { temporaryDirectory } from '../support/index.ts'

const isLinux = process.platform === 'linux'

test.runIf(isLinux)('a killed node whose exit code nothing has read does not hold its data directory', async () => {
  await using directory = await temporaryDirectory()
  await using zombie = await makeZombie()
  const started = statOf(zombie.pid)[19]
  writeFileSync(join(directory.path, 'node.lock'), JSON.stringify({ pid: zombie.pid, started }))
  claimDataDirectory(directory.path).release()
})

test.runIf(isLinux)('nor does it hold the lock of an installation', async () => {
  await using zombie = await makeZombie()
  const { isAlive }: { isAlive(pid: number): boolean } = await import(new URL('../../standalone/bootstrap/alive.mjs', import.meta.url).href)
  expect([isAlive(zombie.pid), isAlive(process.pid), isAlive(2 ** 22 + 1)]).toEqual([false, true, false])
})

/** A process that has ended while its parent, which became `sleep`, never asks how. */
async function makeZombie(): Promise<AsyncDisposable & { readonly pid: number }> {
  const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 601'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: parent.stdout })
  const { value } = await lines[Symbol.asyncIterator]().next()
  const pid = Number(value)
  // A shell would ask; `sleep` never does.
  await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim()).toBe('sleep')
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => statOf(pid)[0]).toBe('Z')
  return {
    pid,
    [Symbol.asyncDispose]: async () => void parent.kill('SIGKILL'),
  }
}

/** The fields of `/proc/PID/stat` from the state on. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
