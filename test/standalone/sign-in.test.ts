import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { graphqlClient } from '../support/graphql-client.ts'
import { temporaryDirectory } from '../support/index.ts'
import { credentialsIn, startNodeProcess } from './running-node.ts'

test(
  'while a node runs, commands print further links and tokens; a link that is not good any more shows a page',
  { timeout: 300_000 },
  async () => {
    await using data = await temporaryDirectory()
    const early = startNodeProcess(data.path, {}, ['sign-in'])
    expect(await early.ended).toBe(1)
    expect(early.output().trim()).toBe(`No node is running on ${data.path}. Start it with npm start; it prints a link.`)

    await using node = startNodeProcess(data.path)
    await node.wrote('Ctrl-C stops the node.')
    const { url } = credentialsIn(data.path)
    const print = async (...words: string[]) => {
      const command = startNodeProcess(data.path, {}, words)
      expect(await command.ended, command.output()).toBe(0)
      return command.output()
    }
    const link = /^http\S+\/sign-in\?code=\S+$/m.exec(await print('sign-in'))?.[0] ?? ''
    expect(link).toContain(`${url}/sign-in?code=`)
    const token = /^[\w-]+\.[\w-]+\.[\w-]+$/m.exec(await print('token', '--subject', 'ada', '--role', 'CURATOR'))?.[0] ?? ''
    expect((await graphqlClient(url, token)('{ viewer { subject roles } }')).data).toEqual({
      viewer: { subject: 'ada', roles: ['CURATOR'] },
    })

    const open = () => fetch(link, { redirect: 'manual' })
    const [first, second] = await Promise.all([open(), open()])
    expect([first.status, second.status].sort()).toEqual([303, 401])
    const [signedIn] = [first, second].filter(({ status }) => status === 303)
    const [cookie = ''] = signedIn?.headers.get('set-cookie')?.split(';') ?? []
    const who = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'sec-fetch-site': 'same-origin' },
      body: '{"query":"{ viewer { subject } }"}',
    })
    expect(await who.json()).toEqual({ data: { viewer: { subject: 'operator' } } })

    const used = await open()
    const page = await used.text()
    expect([used.status, used.headers.get('content-type'), used.headers.get('set-cookie')]).toEqual([401, 'text/html; charset=utf-8', null])
    expect(page).toContain('npm start -- sign-in')
    expect(page).toContain('color-scheme: light dark')
    expect(page).not.toMatch(/<script|src=|url\(/)
    expect(used.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    // What a code was is not kept, and of a used one nothing.
    const kept = readdirSync(join(data.path, 'secrets/sign-in'))
    expect(kept.some((name) => link.includes(name))).toBe(false)
  },
)
