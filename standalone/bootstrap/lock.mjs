import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { isAlive } from './alive.mjs'
import { root } from './places.mjs'

/** Of two concurrent starts, one installs and the other waits. Replaces the lock of a dead process. */
export async function withInstallLock(onWait, work, lock = join(root, '.strata-install.lock')) {
  const own = `${process.pid} ${randomUUID()}`
  let waited = false
  while (!take(lock, own)) {
    if (!waited) onWait()
    waited = true
    await sleep(200)
  }
  const release = () => removeIf(lock, own)
  process.once('exit', release)
  try {
    await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function take(lock, own) {
  // Linked into place when complete, so that a lock always names its owner.
  const draft = `${lock}.${process.pid}`
  try {
    writeFileSync(draft, own)
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const holder = read(lock)
    if (holder !== undefined && !isAlive(Number(holder.split(' ')[0]))) removeIf(lock, holder)
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Removes the lock if it is still the expected one. Another start may take it between the check and the removal, so it is first moved
 * aside, and put back if it belongs to another start.
 */
function removeIf(lock, expected) {
  if (read(lock) !== expected) return
  const aside = `${lock}.${process.pid}.aside`
  try {
    renameSync(lock, aside)
    if (read(aside) !== expected) linkSync(aside, lock)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function read(lock) {
  try {
    return readFileSync(lock, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
