import { execFileSync } from 'node:child_process'
import { link, mkdir, open, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { countCpuTime } from '../../../../test/support/cpu-time.ts'
import { dir, fault, line, many, useOutputDirectory } from '../../../../test/support/hook-output.ts'
import { readOutputs } from './read-outputs.ts'

useOutputDirectory()

const outside = () => join(dir, '..', 'outside.jsonl')

describe('what is not a regular file is refused, and never waited for', () => {
  test('a symbolic link', async () => {
    await writeFile(outside(), line('a', [{ score: 1 }]))
    await symlink(outside(), join(dir, 'features.jsonl'))
    expect(await fault()).toBe('features.jsonl: it is a symbolic link.')
  })

  test('a hard link', async () => {
    await writeFile(outside(), line('a', [{ score: 1 }]))
    await link(outside(), join(dir, 'features.jsonl'))
    expect(await fault()).toBe('features.jsonl: it is a hard link to another file.')
  })

  test('a FIFO', async () => {
    execFileSync('mkfifo', [join(dir, 'errors.jsonl')])
    expect(await fault()).toBe('errors.jsonl: it is not a regular file.')
  })

  test.runIf(process.getuid?.() === 0)('a device', async () => {
    execFileSync('mknod', [join(dir, 'features.jsonl'), 'c', '1', '5'])
    expect(await fault()).toBe('features.jsonl: it is not a regular file.')
  })

  test('a directory', async () => {
    await mkdir(join(dir, 'features.jsonl'))
    expect(await fault()).toBe('features.jsonl: it is not a regular file.')
  })

  test('an output directory that is a link', async () => {
    await rm(dir, { recursive: true })
    await symlink(tmpdir(), dir)
    expect(await fault()).toMatch(/reached through a link/)
  })
})

describe('size has an end', () => {
  test('a line of two gigabytes is given up after sixteen megabytes', async () => {
    const file = await open(join(dir, 'features.jsonl'), 'w')
    await file.truncate(2 * 2 ** 30)
    await file.close()
    const before = process.memoryUsage().rss
    const cpuTime = countCpuTime()
    expect(await fault()).toBe('features.jsonl, line 1: it is longer than 16777216 bytes.')
    expect(cpuTime()).toBeLessThan(5_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20)
  })

  test('a file that is too large is not read at all', async () => {
    const file = await open(join(dir, 'features.jsonl'), 'w')
    await file.truncate(2 ** 40)
    await file.close()
    expect(await fault()).toBe(`features.jsonl: it has ${2 ** 40} bytes; the maximum is ${4 * 2 ** 30}.`)
  })

  test('a million rows pass through without staying', async () => {
    const ids = Array.from({ length: 1000 }, (_, i) => `r${i}`)
    const rows = JSON.stringify(Array.from({ length: 1000 }, (_, i) => ({ score: i / 7, text: `pocket ${i}`, integer: i })))
    const file = await open(join(dir, 'features.jsonl'), 'w')
    for (const id of ids) await file.write(`{"id":"${id}","features":${rows}}\n`)
    await file.close()
    const before = process.memoryUsage().rss
    let count = 0
    for await (const { rows: read } of readOutputs({ dir, feature: many, ids: new Set(ids), complete: true })) count += read.length
    expect(count).toBe(1_000_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20)
  })
})
