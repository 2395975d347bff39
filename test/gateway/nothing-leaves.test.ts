import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ask } from './fixture/ask.ts'
import { startGateway } from './fixture/start-gateway.ts'

test('starting, serving and stopping makes no outside connections', async () => {
  const contacted: string[] = []
  const note = (message: unknown) => contacted.push(`${(message as { request: ClientRequest }).request.host}`)
  // Every library the gateway brings along speaks through node:http; the test's own client does not.
  subscribe('http.client.request.start', note)
  try {
    const gateway = await startGateway()
    expect((await ask(gateway.url, '{ books { title } }')).status).toBe(200)
    await pause(300)
    await gateway[Symbol.asyncDispose]()
    await pause(100)
  } finally {
    unsubscribe('http.client.request.start', note)
  }
  expect(contacted).toEqual([])
})
