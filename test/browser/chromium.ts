import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/**
 * Whether tests can have a browser. Without one they are skipped on a laptop, in plain sight; where every test must run
 * (`CI` is set) its absence is a failure.
 */
export function isBrowserInstalled(): boolean {
  if (existsSync(executablePath)) return true
  const how = 'chromium is not installed (on Debian: apt-get install chromium)'
  if (process.env['CI']) throw new Error(`${how}, and with CI set no test may be skipped.`)
  process.stderr.write(`${how}: pages are not tested in a browser.\n`)
  return false
}

export function openBrowser(): Promise<Browser> {
  // Root, as in a container, has no sandbox to give.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args: [...sandbox, '--disable-dev-shm-usage', '--disable-gpu'] })
}
