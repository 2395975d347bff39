import { expect, test } from 'vitest'
import { version } from '@strata/infrastructure/environment'
import { startGateway } from './fixture/start-gateway.ts'

test('the gateway is alive at once, and ready when its services are', async () => {
  let state: 'starting' | 'failing' | 'ready' = 'starting'
  const ready = async () => {
    if (state === 'failing') throw Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' })
    return state === 'ready'
  }
  await using gateway = await startGateway({ ready })
  const readyz = async () => {
    const response = await fetch(`${gateway.url}/readyz`)
    return [response.status, await response.json()]
  }
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
  expect(await readyz()).toEqual([503, report('not ready', 'It is starting.')])
  state = 'failing'
  expect(await readyz()).toEqual([503, report('not ready', 'It does not answer (ECONNREFUSED).')])
  state = 'ready'
  expect(await readyz()).toEqual([200, report('ready', null)])
})

test('closing finishes what is in flight and does not wait for idle connections', async () => {
  const arrived = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<boolean>()
  const ready = async () => {
    arrived.resolve()
    return answered.promise
  }
  const gateway = await startGateway({ ready })
  const idle = await fetch(`${gateway.url}/healthz`).then((response) => response.json())
  const inFlight = fetch(`${gateway.url}/readyz`)
  await arrived.promise

  const closed = gateway[Symbol.asyncDispose]()
  setTimeout(() => answered.resolve(true), 100)
  const response = await inFlight
  expect([idle, response.status, await response.json()]).toEqual([{ status: 'ok' }, 200, report('ready', null)])
  await closed
  await expect(fetch(`${gateway.url}/healthz`)).rejects.toThrow()
})

function report(status: string, detail: string | null): object {
  return { status, version, parts: [{ name: 'fixture', ready: status === 'ready', detail }] }
}
