import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { depositorOn } from '../support/depositor.ts'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'

const deploy = `mutation ($input: DeployInput!) { deploy(input: $input) { created } }`
const publish = `mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }`
const numbers = (from: number, count: number) => ({
  convention: 'numbers',
  source: { import: { sourceNode: 'here' } },
  records: Array.from({ length: count }, (_, i) => ({ sourceId: `r${from + i}`, metadata: { n: from + i } })),
})

/** Says what it looks at, and takes its time after the first. */
const talking = `export default async ({ record }) => {
  console.log('looking at ' + record.metadata.n)
  await new Promise((done) => setTimeout(done, record.metadata.n === 0 ? 1500 : 5))
  return []
}`

describe.each(topologies)('the log of a run, in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology)
    const { errors } = await archive.ask(deploy, { input: manifestWithHooks([hookInput({ name: 'talking', source: talking })]) })
    expect(errors).toEqual([])
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  const runs = async (status?: string) => {
    const { data } = await archive.ask(
      'query ($status: HookRunStatus) { runs(hook: "talking", status: $status) { nodes { id log(tailLines: 2) } } }',
      { status },
    )
    return data.runs.nodes
  }
  const get = (path: string, init: RequestInit = {}) => fetch(new URL(path, archive.url), init)

  test('is followed while it is written, and ends with the run', async () => {
    await archive.ask(publish, { input: numbers(0, 40) })
    await expect.poll(async () => (await runs('RUNNING')).length).toBe(1)
    const [{ id }] = await runs('RUNNING')
    const answer = await get(`/runs/${id}/log?follow=1`)
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const events = []
    for await (const event of eventsOf(answer)) {
      if (events.length === 0) expect((await runs('RUNNING')).length).toBe(1)
      events.push(event)
    }
    expect(events.length).toBeGreaterThan(2)
    expect(events.at(-1)).toMatchObject({ event: 'end', data: 'PASSED' })
    const lines = events.filter(({ event }) => event === 'log').flatMap(({ data }) => data.split('\n'))
    expect(lines).toEqual(Array.from({ length: 40 }, (_, n) => `looking at ${n}`))

    const missed = await get(`/runs/${id}/log?follow=1`, { headers: { 'last-event-id': events[0]?.id ?? '' } })
    const rest = await Array.fromAsync(eventsOf(missed))
    expect(rest.filter(({ event }) => event === 'log').flatMap(({ data }) => data.split('\n'))).toEqual(
      lines.slice(events[0]?.data.split('\n').length),
    )
  })

  test('is kept as a whole when the run has ended, out of the database and off the worker’s disk', async () => {
    const [{ id, log }] = await runs('PASSED')
    expect(log).toBe('looking at 38\nlooking at 39\n')
    const kept = () => archive.database.pool.query('select name from run_file where run = $1 order by name', [id])
    await expect
      .poll(async () => (await kept()).rows)
      .toEqual([{ name: expect.stringMatching(/^[0-9]+\/features\.jsonl$/) }, { name: 'log' }])
    expect((await archive.database.pool.query('select 1 from run_log')).rowCount).toBe(0)
    const answer = await get(`/runs/${id}/log`)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await answer.text()).toBe(Array.from({ length: 40 }, (_, n) => `looking at ${n}\n`).join(''))
  })

  test('is closed when a follower disconnects', async () => {
    await archive.ask(deploy, { input: manifestWithHooks([hookInput({ name: 'talking', source: talking.replace('1500', '20000') })]) })
    await archive.ask(publish, { input: { ...numbers(0, 1), records: [{ sourceId: 'slow', metadata: { n: 0 } }] } })
    await expect.poll(async () => (await runs('RUNNING'))[0]?.log).toBe('looking at 0\n')
    const [{ id }] = await runs('RUNNING')
    const leaving = new AbortController()
    const answer = await get(`/runs/${id}/log?follow=1`, { signal: leaving.signal })
    const [first] = await Array.fromAsync(take(eventsOf(answer), 1))
    expect(first).toMatchObject({ event: 'log', data: 'looking at 0' })
    leaving.abort()
    await archive.ask('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id })
  })

  test('with an invalid request is refused with what to do', async () => {
    const refusal = async (path: string, headers = {}) => {
      const answer = await get(path, { headers })
      const { errors } = (await answer.json()) as { errors: { extensions: { code: string; field?: string } }[] }
      return [answer.status, errors[0]?.extensions.code, errors[0]?.extensions.field]
    }
    const [{ id }] = await runs('PASSED')
    expect(await refusal('/runs/nonsense/log')).toEqual([404, 'NOT_FOUND', 'id'])
    expect(await refusal(`/runs/${id}/log?follow=maybe`)).toEqual([400, 'BAD_USER_INPUT', 'follow'])
    expect(await refusal(`/runs/${id}/log?follow=1`, { 'last-event-id': 'x' })).toEqual([400, 'BAD_USER_INPUT', 'Last-Event-ID'])
  })

  test('reveals nothing unpublished to other callers', async () => {
    const rejecting = talking
      .replace('return []', '')
      .replace('async ({ record })', 'async ({ record, reject })')
      .replace('await new Promise', `return reject('no'); await new Promise`)
    await archive.ask(deploy, { input: manifestWithHooks([hookInput({ name: 'talking', source: rejecting })]) })
    const alice = await depositorOn(archive, { subject: 'alice', roles: ['DEPOSITOR'] })
    const { srn } = await alice.create('numbers', { n: 777 })
    await alice.submit(srn)
    await alice.until(srn, 'DRAFT')
    const [{ id }] = await runs()
    const log = (ask: TestArchive['ask']) => ask('query ($id: ID!) { run(id: $id) { log } }', { id }).then(({ data }) => data.run.log)
    expect(await log(await archive.as())).toBeNull()
    expect((await get(`/runs/${id}/log`)).status).toBe(403)
    expect(await log(await archive.as({ roles: ['CURATOR'] }))).toBe('looking at 777\n')
    const authorization = `Bearer ${await archive.sign({ scopes: ['hooks:write'] })}`
    expect(await (await get(`/runs/${id}/log`, { headers: { authorization } })).text()).toBe('looking at 777\n')
  })
})

interface ServerSentEvent {
  readonly event: string
  readonly id: string
  readonly data: string
}

async function* eventsOf({ body }: Response): AsyncGenerator<ServerSentEvent, void> {
  let text = ''
  for await (const chunk of (body ?? expect.fail('no body')).pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const of = (name: string) =>
        block
          .split('\n')
          .filter((line) => line.startsWith(`${name}: `))
          .map((line) => line.slice(name.length + 2))
      const [event] = of('event')
      if (event !== undefined) yield { event, id: of('id')[0] ?? '', data: of('data').join('\n') }
    }
  }
}

async function* take<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T, void> {
  let taken = 0
  for await (const item of items) {
    yield item
    if (++taken === count) return
  }
}
