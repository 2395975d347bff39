import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkNode } from './check-node.mjs'
import { follow } from './follow.mjs'
import { install } from './install.mjs'
import { nodeBinary, root } from './places.mjs'

/** Lint rules, exports that nothing imports, and the format. `npm run format` fixes the format. */
const checks = [['oxlint/bin/oxlint'], ['knip/bin/knip.js', '--no-progress', '--no-config-hints'], ['oxfmt/bin/oxfmt', '--check']]

checkNode()
await install()
for (const [program, ...args] of checks) {
  const child = spawn(nodeBinary(), [join(root, 'node_modules', program), ...args], { cwd: root, stdio: 'inherit' })
  const code = await follow(child)
  if (code !== 0) process.exitCode = code
}
