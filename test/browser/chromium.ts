import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { isAvailable } from '../support/available.ts'

const executablePath = '/usr/bin/chromium'

export function isBrowserInstalled(): boolean {
  return isAvailable({
    name: 'a browser',
    missing: existsSync(executablePath) ? undefined : 'chromium is not installed (on Debian: apt-get install chromium).',
  })
}

export function openBrowser(): Promise<Browser> {
  // Root, as in a container, has no sandbox to give.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args: [...sandbox, '--disable-dev-shm-usage', '--disable-gpu'] })
}
