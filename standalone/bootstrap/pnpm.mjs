import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './places.mjs'

/** `pnpm@12.3.4`, as in package.json. */
function pnpmVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager
}

/** Starts the pnpm version from package.json through npx, which caches it. Never uses a pnpm of the machine. */
export function pnpm(args, options) {
  return spawn('npx', ['--yes', pnpmVersion(), ...args], {
    cwd: root,
    ...options,
    env: { ...process.env, npm_config_update_notifier: 'false', npm_config_loglevel: 'error', TURBO_TELEMETRY_DISABLED: '1' },
  })
}
