import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkNode } from './check-node.mjs'
import { follow } from './follow.mjs'
import { install } from './install.mjs'
import { nodeBinary, root } from './places.mjs'

/** Where the package of each tool has its program. turbo is not among them: it needs pnpm on its PATH, see turbo.mjs. */
const programs = { oxfmt: 'oxfmt/bin/oxfmt', tsc: 'typescript/bin/tsc' }

// Runs a tool over the whole project, on the project's own Node: `tool.mjs tsc -p .`
checkNode()
await install()
const [tool, ...args] = process.argv.slice(2)
process.exitCode = await follow(spawn(nodeBinary(), [join(root, 'node_modules', programs[tool]), ...args], { cwd: root, stdio: 'inherit' }))
