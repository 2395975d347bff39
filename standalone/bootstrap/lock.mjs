import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from './alive.mjs'
import { root } from './places.mjs'

const lock = join(root, '.strata-install.lock')

/** Two starts at once: one installs, the other waits. A lock whose process has died is taken over. */
export async function withInstallLock(onWait, work) {
  let waited = false
  while (!take()) {
    if (!waited) onWait()
    waited = true
    await sleep(200)
  }
  process.once('exit', release)
  await work()
  process.off('exit', release)
  release()
}

function release() {
  rmSync(lock, { force: true })
}

function take() {
  // Linked into place, so that nobody ever reads a lock without a process id in it.
  const own = `${lock}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!isAlive(holder())) rmSync(lock, { force: true })
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

function holder() {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return process.pid
    throw error
  }
}
