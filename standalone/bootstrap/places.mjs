import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))

/** The installed Node binary itself, because a shim would be one more process to pass signals through. */
export function nodeBinary() {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'
  return join(root, 'node_modules', `${prefix}-${process.platform}-${process.arch}`, 'bin/node')
}

export function nodeBinaryExists() {
  return existsSync(nodeBinary())
}
