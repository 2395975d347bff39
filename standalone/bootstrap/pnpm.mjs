import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './places.mjs'

/** `pnpm@12.3.4`, as package.json names it. */
function pnpmVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager
}

/** Starts the pnpm that package.json names; npx keeps it after the first time. A pnpm of the machine is never used. */
export function pnpm(args, options) {
  return spawn('npx', ['--yes', pnpmVersion(), ...args], {
    cwd: root,
    ...options,
    env: { ...process.env, npm_config_update_notifier: 'false', npm_config_loglevel: 'error', TURBO_TELEMETRY_DISABLED: '1' },
  })
}
