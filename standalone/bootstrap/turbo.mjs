import { checkNode } from './check-node.mjs'
import { install } from './install.mjs'
import { pnpm } from './pnpm.mjs'
import { follow } from './follow.mjs'

checkNode()
await install()
process.exitCode = await follow(pnpm(['exec', 'turbo', 'run', ...process.argv.slice(2)], { stdio: 'inherit' }))
