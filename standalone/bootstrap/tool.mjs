import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkNode } from './check-node.mjs'
import { follow } from './follow.mjs'
import { install } from './install.mjs'
import { nodeBinary, root } from './places.mjs'

/** The program in the package of each tool. turbo is missing because it needs pnpm on its PATH; see turbo.mjs. */
const programs = { oxfmt: 'oxfmt/bin/oxfmt', tsc: 'typescript/bin/tsc' }

// Runs a tool over the whole project with the project's own Node: `tool.mjs tsc -p .`
checkNode()
await install()
const [tool, ...args] = process.argv.slice(2)
process.exitCode = await follow(spawn(nodeBinary(), [join(root, 'node_modules', programs[tool]), ...args], { cwd: root, stdio: 'inherit' }))
