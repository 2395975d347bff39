import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nodeBinaryExists, root } from './places.mjs'

// Written after an install and removed before the next one, so that a partial install has no stamp.
const stamp = join(root, 'node_modules/.strata-install')

export function isInstalled() {
  return nodeBinaryExists() && readStamp(stamp) === expectedStamp()
}

export function removeStamp() {
  rmSync(stamp, { force: true })
}

export function writeStamp() {
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, expectedStamp())
}

function expectedStamp() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** The content of a stamp; undefined when there is none. */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
