import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunJson } from '@strata/domain/run'
import { digestOf } from '@strata/domain/shared'
import { openStorage } from '@strata/infrastructure/storage'
import type { WorkerOptions } from '@strata/workers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { openRuns } from '../runs/open-runs.ts'
import { credentialsIn, startNodeProcess } from '../standalone/running-node.ts'
import { isContainerEngineInstalled } from '../support/container-engine.ts'
import { graphqlClient } from '../support/graphql-client.ts'
import { hookImages, type HookImages } from '../support/hook-images.ts'
import { startImageRegistry, type ImageRegistry } from '../support/image-registry.ts'
import { startMortalEngine, type MortalEngine } from '../support/mortal-engine.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { filesBelow } from '../support/files-below.ts'
import { eventually } from '../support/eventually.ts'

type Runs = Awaited<ReturnType<typeof openRuns>>

/** Writes one line per record, slowly. It ignores requests to end, and keeps writing after the last record. */
const slowly = String.raw`
trap "" TERM
sed -n 's/.*"id":"\([^"]*\)".*/\1/p' $OSA_IN/records.jsonl | while read id; do
  echo "{\"id\":\"$id\",\"features\":[{\"value\":1}]}" >> $OSA_OUT/features.jsonl
  sleep 0.4
done`

const unhurried: WorkerOptions['pace'] = { leaseSeconds: 30, heartbeatMs: 1_000 }
const away = 'hooks cannot be run: the runner does not answer. Runs wait for it and go on by themselves'

describe.skipIf(!isContainerEngineInstalled())('an engine that is away', () => {
  const parts = new AsyncDisposableStack()
  let registry: ImageRegistry
  beforeAll(async () => {
    registry = parts.use(await startImageRegistry())
  })
  afterAll(() => parts.disposeAsync())

  const configOf = ({ config }: Runs, { socket }: MortalEngine) => ({ ...config, runner: 'oci' as const, ociSockets: [socket] })
  const said = ({ lines }: Runs, msg: string) => lines.filter((line) => line['msg'] === msg)
  const imagesOf = ({ socket }: MortalEngine): HookImages => hookImages(socket, registry.host)

  describe.each([{ liveRestore: false }, { liveRestore: true }])(
    'because it was killed in mid-run (live restore: $liveRestore)',
    ({ liveRestore }) => {
      test('while its container lives on: the run succeeds, the kept files have the digests in run.json, and nothing is left', async () => {
        await using engine = await startMortalEngine({ liveRestore })
        const image = await imagesOf(engine).shell(slowly)
        await using archive = await openRuns(undefined, [{ name: 'slow', image }])
        await archive.work({ config: configOf(archive, engine), pace: unhurried })
        await archive.publish(20)
        await eventually(async () => expect((await linesOf(archive)).length).toBeGreaterThan(2))
        const base = (await engine.containers()).length
        await engine.stop('SIGKILL')
        const before = (await linesOf(archive)).length
        // The hook runs without its engine.
        await eventually(async () => expect((await linesOf(archive)).length).toBeGreaterThan(before + 1))
        await engine.start()

        const [run] = await archive.ended(1, 60_000)
        expect(run).toMatchObject({ status: 'PASSED', passed_count: 20, row_count: 20n, oom_retries: 0 })
        await expectKept(archive)
        const [lost, ...after] = await archive.rows('select failure_kind, exit_code from run_attempt order by number')
        expect(lost).toEqual({ failure_kind: 'RUNTIME', exit_code: null })
        // None, if the hook finished before its engine was back.
        for (const attempt of after) expect(attempt).toEqual({ failure_kind: null, exit_code: 0 })
        expect(await engine.containers()).toHaveLength(base - 1)
      })
    },
  )

  test('costs a waiting run nothing, however long the engine is away, and does not block hooks that need no engine', async () => {
    await using engine = await startMortalEngine()
    const image = await imagesOf(engine).shell(`${slowly.replace('sleep 0.4', 'true')}`)
    await engine.stop('SIGTERM')
    await using archive = await openRuns(undefined, [
      { name: 'contained', image },
      { name: 'modular', source: 'export default () => [{ value: 2 }]' },
    ])
    const policy = { backoff: { firstMs: 10, atMostMs: 10 } }
    await archive.work({ config: configOf(archive, engine), policy })
    await archive.publishApart(2, 3)
    await eventually(() => expect(said(archive, away)).toHaveLength(1))
    const ended = await archive.ended(2)
    expect(ended.filter(({ finished_at }) => finished_at !== null).map(({ hook, status }) => [hook, status])).toEqual([
      ['modular', 'PASSED'],
      ['modular', 'PASSED'],
    ])
    expect(await archive.rows(`select status::text, leases from hook_run where hook = 'contained'`)).toEqual([
      { status: 'QUEUED', leases: 0 },
      { status: 'QUEUED', leases: 0 },
    ])

    await engine.start()
    const all = await archive.ended(4, 60_000)
    expect(all.map(({ status }) => status)).toEqual(['PASSED', 'PASSED', 'PASSED', 'PASSED'])
    expect(await archive.rows('select distinct number, failure_kind from run_attempt')).toEqual([{ number: 1, failure_kind: null }])
    expect(said(archive, away)).toHaveLength(1)
    expect(said(archive, 'the runner answers again; runs go on')).toHaveLength(1)
  })

  test('in mid-run, for longer than retries last: the run continues when the engine is back, and no retry was counted', async () => {
    await using engine = await startMortalEngine()
    const image = await imagesOf(engine).shell(slowly)
    await using archive = await openRuns(undefined, [{ name: 'slow', image }])
    const policy = { maxFaultRetries: 0 }
    await archive.work({ config: configOf(archive, engine), pace: unhurried, policy })
    await archive.publish(8)
    await eventually(async () => expect((await linesOf(archive)).length).toBeGreaterThan(1))
    await engine.stop('SIGTERM')
    await eventually(() => expect(said(archive, away)).toHaveLength(1))
    expect((await archive.runs()).map(({ status }) => status)).toEqual(['RUNNING'])
    await engine.start()
    const [run] = await archive.ended(1, 60_000)
    expect(run).toMatchObject({ status: 'PASSED', passed_count: 8 })
    await expectKept(archive)
  })

  test('while a node stops in mid-run: the node ends within ten seconds, and the next one takes the run up again', async () => {
    await using engine = await startMortalEngine()
    const image = await imagesOf(engine).shell(slowly)
    await using data = await temporaryDirectory()
    const settings = {
      STRATA_RUNNER: 'oci',
      STRATA_OCI_SOCKET: engine.socket,
      STRATA_OCI_REGISTRIES: registry.host,
      STRATA_LOG_FORMAT: 'json',
    }
    const node = startNodeProcess(data.path, settings)
    await node.wrote('Ctrl-C stops the node.')
    const ask = () => graphqlClient(credentialsIn(data.path).url, credentialsIn(data.path).token)
    expect(
      (
        await ask()('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
          input: manifestWithHooks([hookInput({ name: 'slow', image })]),
        })
      ).errors,
    ).toEqual([])
    const records = Array.from({ length: 8 }, (_, n) => ({ sourceId: `r${n}`, metadata: { n } }))
    const input = { convention: 'numbers', source: { import: { sourceNode: 'here' } }, records }
    await ask()('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', { input })
    const statuses = async () =>
      (await ask()('{ runs(hook: "slow") { nodes { status } } }')).data.runs.nodes.map(({ status }: { status: string }) => status)
    await expect.poll(statuses).toEqual(['RUNNING'])
    await eventually(async () => expect((await engine.containers()).length).toBeGreaterThan(0))
    await engine.stop('SIGKILL')
    const began = performance.now()
    node.process.kill('SIGTERM')
    expect(await node.ended).toBe(0)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(existsSync(join(data.path, 'node.lock'))).toBe(false)

    await engine.start()
    await using next = startNodeProcess(data.path, settings)
    await next.wrote('Ctrl-C stops the node.')
    await expect.poll(statuses, { timeout: 120_000, interval: 500 }).toEqual(['PASSED'])
  }, 300_000)

  async function linesOf({ directory }: Runs): Promise<string[]> {
    const [file] = filesBelow(join(directory, 'runs')).filter((path) => path.endsWith('/1/out/features.jsonl'))
    return file === undefined ? [] : (await readFile(file, 'utf8')).trimEnd().split('\n')
  }

  /** All files in run.json are kept with the digests given there, and none of them is left on the worker's disk. */
  async function expectKept(archive: Runs): Promise<void> {
    await expect.poll(() => filesBelow(join(archive.directory, 'runs'))).toEqual([])
    const [run] = await archive.runs()
    const { outputs } = (run ?? expect.fail('no run'))['run_json'] as RunJson
    const files = await archive.rows(`select name, digest, size from run_file where name <> 'log' order by name`)
    expect(files).toEqual(outputs.map(({ attempt, file, digest, bytes }) => ({ name: `${attempt}/${file}`, digest, size: BigInt(bytes) })))
    const { blobs } = openStorage(archive.config)
    for (const { digest } of files) {
      const content = Buffer.concat(await Array.fromAsync((await blobs.open(digest)) ?? expect.fail(`${digest} is not there`)))
      expect(digestOf(content.toString())).toBe(digest)
    }
  }
})
