import { once } from 'node:events'
import { Agent, request, type IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { credentialsIn, startNodeProcess, type RunningNode } from '../standalone/running-node.ts'
import { graphqlClient, type Ask } from '../support/graphql-client.ts'
import { createTestDatabase, temporaryDirectory } from '../support/index.ts'
import { startServices, type Service } from '../support/service-processes.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish = 'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }'
const waiting = { timeout: 30_000, interval: 100 }

/** What Docker gives a container before it kills it. */
const allowedMs = 10_000

const endless = `export default async () => {
  console.log('one')
  await new Promise((done) => setTimeout(done, 600_000))
}`

test('a node ends within ten seconds, even with open streams, and every stream can be resumed', { timeout: 120_000 }, async () => {
  await using data = await temporaryDirectory()
  await using node = startNodeProcess(data.path, { STRATA_LOG_FORMAT: 'json' })
  await node.wrote('Ctrl-C stops the node.')
  const { url, token } = credentialsIn(data.path)
  const run = await startEndlessRun(graphqlClient(url, token))
  await using streams = await openStreams({ url, token, run })
  await endsInTime(node)
  await streams.wereEnded()
  expect(
    node
      .output()
      .split('\n')
      .filter((line) => /"level":"?(50|60|error|fatal)/.test(line)),
  ).toEqual([])

  await using next = startNodeProcess(data.path)
  await next.wrote('Ctrl-C stops the node.')
  await streams.canGoOn({ ...credentialsIn(data.path) })
})

test('each service ends within ten seconds, even with open streams', { timeout: 240_000 }, async () => {
  await using data = await temporaryDirectory()
  await using database = await createTestDatabase()
  await using archive = await startServices({ dataDir: data.path, settings: { DATABASE_URL: database.url } })
  const run = await startEndlessRun(archive.ask)
  const token = await archive.sign()
  for (const stopped of [['gateway'], ['conventions', 'registry', 'records', 'data'], ['worker']] as const satisfies Service[][]) {
    await using streams = await openStreams({ url: archive.url, token, run })
    await Promise.all(stopped.map((service) => endsInTime(archive.process(service))))
    if (stopped[0] !== 'worker') await streams.wereEnded()
    await Promise.all(stopped.map((service) => archive.start(service)))
    await streams.canGoOn({ url: archive.url, token })
  }
})

async function endsInTime(node: RunningNode): Promise<void> {
  const began = performance.now()
  node.process.kill('SIGTERM')
  expect(await node.ended).toBe(0)
  expect(performance.now() - began).toBeLessThan(allowedMs)
}

async function startEndlessRun(ask: Ask): Promise<string> {
  expect(
    (await ask(deploy, { input: manifestWithHooks([hookInput({ name: 'endless', source: endless, timeoutSeconds: 3_000 })]) })).errors,
  ).toEqual([])
  await ask(publish, {
    input: { convention: 'numbers', source: { import: { sourceNode: 'here' } }, records: [{ sourceId: 'a', metadata: { n: 1 } }] },
  })
  const runs = async () => (await ask('{ runs(hook: "endless") { nodes { id log(tailLines: 1) } } }')).data.runs.nodes
  await expect.poll(async () => (await runs())[0]?.log, waiting).toBe('one\n')
  return (await runs())[0].id
}

/** A log that is followed, an upload that stalls, an import that goes on, and a download that has ended on a connection that is kept. */
async function openStreams({ url, token, run }: { url: string; token: string; run: string }) {
  const agent = new Agent({ keepAlive: true, timeout: 120_000 })
  const authorization = `Bearer ${token}`
  const tus = { authorization, 'tus-resumable': '1.0.0' }
  const call = (method: string, path: string, headers: Record<string, string | number>) =>
    request(new URL(path, url), { agent, method, headers }).on('error', () => {})

  const log = call('GET', `/runs/${run}/log?follow=1`, {}).end()
  const [followed] = (await once(log, 'response')) as [IncomingMessage]
  const logText = textOf(followed)
  await once(followed, 'data')

  const begun = await fetch(new URL('/files/uploads', url), { method: 'POST', headers: { ...tus, 'upload-length': '1000' } })
  const upload = new URL(begun.headers.get('location') ?? '', url).pathname
  const offsetAt = async (at: string) =>
    Number((await fetch(new URL(upload, at), { method: 'HEAD', headers: tus })).headers.get('upload-offset'))
  const patch = call('PATCH', upload, {
    ...tus,
    'content-type': 'application/offset+octet-stream',
    'upload-offset': 0,
    'content-length': 1000,
  })
  const uploadAnswer = answerOf(patch)
  patch.write(Buffer.alloc(400))

  const importing = call('POST', '/import/numbers?sourceNode=elsewhere', { authorization, 'content-type': 'application/x-ndjson' })
  importing.write(`${JSON.stringify({ sourceId: `b${Math.random()}`, metadata: { n: 2 } })}\n`)
  const [imported] = (await once(importing, 'response')) as [IncomingMessage]
  const importText = textOf(imported)
  await once(imported, 'data')

  const download = call('GET', '/data/numbers/records.csv', {}).end()
  const [downloaded] = (await once(download, 'response')) as [IncomingMessage]
  await textOf(downloaded)

  return {
    async wereEnded() {
      expect(await logText).toMatch(/event: interrupted\n(id: \d+\n)?data: .*stopping.*\n\n$/)
      expect((await importText).trimEnd().split('\n').at(-1)).toContain('"code":"UNAVAILABLE"')
      expect(await uploadAnswer).toBe(503)
    },
    async canGoOn(at: { url: string; token: string }) {
      expect(await offsetAt(at.url)).toBeLessThanOrEqual(400)
      const last = /id: (\d+)\n(?![\s\S]*id: )/.exec(await Promise.race([logText, Promise.resolve('id: 4\n')]))?.[1] ?? '0'
      const again = new AbortController()
      const answer = await fetch(new URL(`/runs/${run}/log?follow=1`, at.url), { headers: { 'last-event-id': last }, signal: again.signal })
      expect(answer.status).toBe(200)
      again.abort()
    },
    [Symbol.asyncDispose]: async () => {
      for (const each of [log, patch, importing, download]) each.destroy()
      agent.destroy()
    },
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  answer
    .setEncoding('utf8')
    .on('error', () => {})
    .on('data', (piece: string) => (text += piece))
  if (!answer.closed) await new Promise((resolve) => answer.once('close', resolve))
  return text
}

/** The status of the answer; 0 when the connection ended without one. */
function answerOf(call: ReturnType<typeof request>): Promise<number> {
  return new Promise((resolve) => {
    call.once('response', (answer: IncomingMessage) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    call.on('error', () => resolve(0))
  })
}
