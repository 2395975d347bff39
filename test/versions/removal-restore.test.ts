import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backends } from '../files/backends.ts'
import { credentialsIn, startNodeProcess, type RunningNode } from '../standalone/running-node.ts'
import { eventually } from '../support/eventually.ts'
import { filesBelow } from '../support/files-below.ts'
import { graphqlClient, type Ask } from '../support/graphql-client.ts'
import { manifest, temporaryDirectory } from '../support/index.ts'

const secret = 'S3CRET-of-a-patient'

interface Node extends AsyncDisposable {
  readonly ask: Ask
  readonly url: string
  readonly running: RunningNode
}

/** A node with a database of its own, as `npm start` runs it. */
async function start(dataDir: string, settings: Record<string, string>): Promise<Node> {
  const running = startNodeProcess(dataDir, settings)
  await running.wrote('Strata is ready')
  const { url, token } = credentialsIn(dataDir)
  return { ask: graphqlClient(url, token), url, running, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() }
}

async function publishOne({ ask, url }: Node, dataDir: string): Promise<{ srn: string; digest: string }> {
  expect(
    (await ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input: manifest({ files: { maxCount: 1 } }) }))
      .errors,
  ).toEqual([])
  const { token } = credentialsIn(dataDir)
  const sent = await fetch(new URL('/files', url), { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: secret })
  const { digest, size } = (await sent.json()) as { digest: string; size: number }
  const records = [{ sourceId: 'a', metadata: { pdb_id: '1abc', organisms: [secret] }, files: [{ name: 'a.txt', digest, size }] }]
  const { data, errors } = await ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { srn } } }', {
    input: { convention: 'proteins', source: { import: { sourceNode: 'here' } }, records },
  })
  expect(errors).toEqual([])
  return { srn: data.publishRecords.results[0].srn, digest }
}

async function removeIt({ ask }: Node, srn: string): Promise<void> {
  const input = { srn, kind: 'REMOVED', reason: 'Consent was withdrawn.', confirm: srn }
  expect((await ask('mutation ($input: WithdrawRecordInput!) { withdrawRecord(input: $input) { srn } }', { input })).errors).toEqual([])
}

const stateOf = async ({ ask }: Node, srn: string) =>
  (await ask('query ($srn: SRN!) { record(srn: $srn) { metadata files { name } withdrawn { kind reason by } } }', { srn })).data.record

const isGone = {
  metadata: {},
  files: [],
  withdrawn: { kind: 'REMOVED', reason: 'Consent was withdrawn.', by: expect.stringMatching(/^user:/) },
}

for (const backend of backends.filter(({ isHere }) => isHere)) {
  test(`a removal is made again after a restore from an older backup, with files in ${backend.name}`, { timeout: 300_000 }, async () => {
    await using storage = await backend.start()
    await using directory = await temporaryDirectory()
    const settings = { ...storage.settings, STRATA_DATA_DIR: directory.path }
    const files = () => (backend.name === 'fs' ? storedIn(directory.path) : storage.names('blobs/'))
    let srn: string
    {
      await using node = await start(directory.path, settings)
      ;({ srn } = await publishOne(node, directory.path))
    }
    const data = join(directory.path, 'postgres')
    const backup = join(directory.path, 'postgres-backup')
    cpSync(data, backup, { recursive: true })
    {
      await using node = await start(directory.path, settings)
      expect(await stateOf(node, srn)).toMatchObject({ metadata: { organisms: [secret] }, withdrawn: null })
      await removeIt(node, srn)
      await eventually(async () => expect(await files()).toEqual([]))
      // Killed, not stopped: what it has done by now must be enough.
      node.running.process.kill('SIGKILL')
    }
    await eventually(() => expect(existsSync(join(data, 'data', 'postmaster.pid'))).toBe(false))
    rmSync(data, { recursive: true })
    renameSync(backup, data)
    for (const starts of ['the first start', 'the next one']) {
      await using node = await start(directory.path, settings)
      await eventually(async () => expect(await stateOf(node, srn), starts).toEqual(isGone))
      await eventually(async () => expect(await files()).toEqual([]))
      const { data: log } = await node.ask('{ auditLog(operation: "withdrawRecord") { nodes { actor } } }')
      expect(log.auditLog.nodes).toHaveLength(1)
    }
  })
}

const storedIn = (dataDir: string) => filesBelow(join(dataDir, 'files', 'blobs'))

test('a node that is killed over and over while it erases comes to the same end', { timeout: 300_000 }, async () => {
  await using directory = await temporaryDirectory()
  let srn: string
  {
    await using node = await start(directory.path, {})
    ;({ srn } = await publishOne(node, directory.path))
    await removeIt(node, srn)
    node.running.process.kill('SIGKILL')
  }
  for (let n = 0; n < 2; n += 1) {
    await using node = await start(directory.path, {})
    node.running.process.kill('SIGKILL')
  }
  await using node = await start(directory.path, {})
  expect(await stateOf(node, srn)).toEqual(isGone)
  await eventually(() => expect(storedIn(directory.path)).toEqual([]))
})
