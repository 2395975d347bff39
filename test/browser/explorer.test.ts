import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, type TestArchive } from '../support/index.ts'
import { isBrowserInstalled, openBrowser } from './chromium.ts'

describe.skipIf(!isBrowserInstalled())('the explorer in a browser', () => {
  let archive: TestArchive
  let browser: Browser
  beforeAll(async () => {
    archive = await openArchive('one process')
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await archive[Symbol.asyncDispose]()
  })

  test('opens, breaks no rule of its security policy, asks nobody else, and shows the answer to a query', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const complaints: string[] = []
    const asked = new Set<string>()
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => /^(https?|wss?):/.test(request.url()) && asked.add(new URL(request.url()).origin))

    const response = await page.goto(archive.url)
    expect(response?.headers()['content-security-policy']).toMatch(/script-src 'self';/)
    const run = page.locator('.graphiql-execute-button')
    await run.waitFor({ timeout: 45_000 })
    await run.click()
    const shown = page.locator('.result-window')
    await expect.poll(async () => (await shown.innerText()).replaceAll(/\s/g, '')).toContain('"totalCount":0')

    if (process.env['STRATA_SCREENSHOTS']) await page.screenshot({ path: `${process.env['STRATA_SCREENSHOTS']}/explorer.png` })
    expect(complaints).toEqual([])
    expect([...asked]).toEqual([new URL(archive.url).origin])
  })

  test('would say so if an inline script were tried', async () => {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(`${archive.url}/graphql`)
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.wasRun = true'
      document.body.append(script)
    })
    expect(await page.evaluate(() => 'wasRun' in window)).toBe(false)
    expect(complaints.join()).toContain('Content Security Policy')
  })
})
