import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunLogs } from '@strata/domain/run'
import { runDirectory } from './layout.ts'

const maxTailBytes = 1 << 20

/** What hooks printed, read from where runs have their files. */
export function runLogs(dir: string): RunLogs {
  return {
    async tail(run, lines) {
      const texts: string[] = []
      let missing = lines
      // From the newest attempt backwards, until there are lines enough.
      for (const path of (await logFiles(runDirectory(dir, run))).toReversed()) {
        const found = (await tailOf(path)).slice(-missing)
        texts.unshift(...found)
        missing -= found.length
        if (missing <= 0) break
      }
      return texts.length === 0 ? undefined : `${texts.join('\n')}\n`
    },
  }
}

async function logFiles(dir: string): Promise<readonly string[]> {
  const paths: string[] = []
  for (const lease of await numbered(dir)) {
    for (const attempt of await numbered(join(dir, lease))) paths.push(join(dir, lease, attempt, 'log'))
  }
  return paths
}

async function numbered(dir: string): Promise<readonly string[]> {
  const names = await whenThere(readdir(dir))
  return (names ?? []).filter((name) => /^[0-9]+$/.test(name)).toSorted((a, b) => Number(a) - Number(b))
}

/** The end of a file that may be large, and may still be written to. */
async function tailOf(path: string): Promise<readonly string[]> {
  const file = await whenThere(open(path, 'r'))
  if (file === undefined) return []
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - maxTailBytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n')
    if (lines.at(-1) === '') lines.pop()
    // The first line may be the end of one.
    return from > 0 ? lines.slice(1) : lines
  } finally {
    await file.close()
  }
}

async function whenThere<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
