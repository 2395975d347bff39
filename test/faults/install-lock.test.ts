import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../support/index.ts'

const module = new URL('../../standalone/bootstrap/lock.mjs', import.meta.url).href

/** A start that holds the lock for a moment and writes down when it has it and when it lets go. */
const holding = `
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
const { withInstallLock } = await import(process.argv[1])
await withInstallLock(() => {}, async () => {
  appendFileSync(process.argv[3], '+')
  await sleep(20)
  appendFileSync(process.argv[3], '-')
}, process.argv[2])`

test('of many starts that find a dead one’s lock, one at a time installs', { timeout: 60_000 }, async () => {
  await using directory = await temporaryDirectory()
  const [lock, diary] = [join(directory.path, 'lock'), join(directory.path, 'diary')]
  writeFileSync(lock, String(2 ** 22 + 1))
  const starts = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', holding, module, lock, diary], { stdio: 'inherit' }),
  )
  expect(await Promise.all(starts.map((start) => once(start, 'exit').then(([code]) => code)))).toEqual(starts.map(() => 0))
  expect(readFileSync(diary, 'utf8')).toBe('+-'.repeat(starts.length))
  expect(existsSync(lock)).toBe(false)
})

test('a start removes its own lock alone, and waits for one that is held', async () => {
  await using directory = await temporaryDirectory()
  const lock = join(directory.path, 'lock')
  const { withInstallLock }: { withInstallLock(onWait: () => void, work: () => Promise<void>, lock: string): Promise<void> } = await import(
    module
  )
  const other = `${process.pid} another`
  await withInstallLock(
    () => {},
    async () => writeFileSync(lock, other),
    lock,
  )
  expect(readFileSync(lock, 'utf8')).toBe(other)

  let hasWaited = 0
  const waiting = withInstallLock(
    () => void (hasWaited += 1),
    async () => {},
    lock,
  )
  await expect.poll(() => hasWaited).toBe(1)
  expect(readFileSync(lock, 'utf8')).toBe(other)
  writeFileSync(lock, String(2 ** 22 + 1))
  await waiting
  expect(existsSync(lock)).toBe(false)
})
