import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkNode } from './check-node.mjs'
import { follow } from './follow.mjs'
import { install } from './install.mjs'
import { nodeBinary, root } from './places.mjs'

/** Runs a file of this project with the project's own Node, passing on arguments, streams, signals and the exit code. */
export async function handOver(file) {
  checkNode()
  await install()
  const endWithParent = pathToFileURL(join(import.meta.dirname, 'end-with-parent.mjs')).href
  const child = spawn(nodeBinary(), ['--import', endWithParent, join(root, file), ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'), ...process.env },
  })
  process.exitCode = await follow(child)
}
