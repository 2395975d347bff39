import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRuns } from '../runs/open-runs.ts'
import { isContainerEngineInstalled, startContainerEngine } from '../support/container-engine.ts'
import { callEngine } from '../support/engine-call.ts'
import { hookImages, type HookImages } from '../support/hook-images.ts'
import { startImageRegistry } from '../support/image-registry.ts'

/** Ends when its container is removed, or by itself with a result. */
const slow = String.raw`
sleep 6
sed -n 's/.*"id":"\([^"]*\)".*/\1/p' $OSA_IN/records.jsonl | while read id; do
  echo "{\"id\":\"$id\",\"features\":[{\"value\":1}]}" >> $OSA_OUT/features.jsonl
done`

describe.skipIf(!isContainerEngineInstalled())('two archives with the same domain on one engine', () => {
  const parts = new AsyncDisposableStack()
  let socket: string
  let images: HookImages
  beforeAll(async () => {
    const [engine, registry] = await Promise.all([startContainerEngine(), startImageRegistry()])
    parts.use(registry)
    parts.use(engine)
    socket = engine.socket
    images = hookImages(engine.socket, registry.host)
  })
  afterAll(() => parts.disposeAsync())

  const open = async () => openRuns(undefined, [{ name: 'slow', image: await images.shell(slow) }])

  /** Sweeps many times while the hook sleeps. */
  async function work(archive: Awaited<ReturnType<typeof openRuns>>) {
    expect(archive.config.domain).toBe('localhost')
    return archive.work({ config: { ...archive.config, runner: 'oci', ociSockets: [socket] }, pace: { reconcileMs: 50 } })
  }

  test('never remove each other’s running containers in a sweep', { timeout: 120_000 }, async () => {
    await using one = await open()
    await using other = await open()
    await work(one)
    await work(other)
    await Promise.all([one.publish(1), other.publish(1)])
    const runs = [...(await one.ended(1, 60_000)), ...(await other.ended(1, 60_000))]
    for (const run of runs) expect(run).toMatchObject({ status: 'PASSED', row_count: 1n })
    for (const archive of [one, other]) {
      expect(await archive.rows('select number, because, failure_kind from run_attempt')).toEqual([
        { number: 1, because: 'first', failure_kind: null },
      ])
    }
  })

  test('each remove what their own dead worker left', { timeout: 120_000 }, async () => {
    await using one = await open()
    await using other = await open()
    const [{ installation_id: own }] = await ownIds(one)
    const [{ installation_id: theirs }] = await ownIds(other)
    const left = [await leave(own), await leave(theirs), await leave('localhost')]
    await work(one)
    await expect.poll(() => containers()).not.toContain(left[0])
    // Earlier versions labelled containers with the domain. Such a container may belong to any archive.
    expect(await containers()).toEqual(expect.arrayContaining([left[1], left[2]]))
    for (const id of left.slice(1)) await callEngine(socket, { method: 'DELETE', path: `/containers/${id}`, query: { force: 'true' } })
  })

  async function ownIds(archive: Awaited<ReturnType<typeof openRuns>>) {
    return archive.rows(
      `insert into archive (id, domain) values (1, 'localhost') on conflict (id) do update set domain = excluded.domain returning installation_id`,
    )
  }

  async function leave(node: string): Promise<string> {
    const { image } = await images.shell('sleep 600')
    const Labels = { 'strata.node': node, 'strata.run': '0197b0a4-5d5a-7000-8000-0123456789ab', 'strata.attempt': '1' }
    const { Id } = JSON.parse(
      await callEngine(socket, {
        method: 'POST',
        path: '/containers/create',
        body: { Image: image, Labels, HostConfig: { NetworkMode: 'none' } },
      }),
    )
    await callEngine(socket, { method: 'POST', path: `/containers/${Id}/start` })
    return Id
  }

  async function containers(): Promise<string[]> {
    const found: { Id: string }[] = JSON.parse(await callEngine(socket, { path: '/containers/json' }))
    return found.map(({ Id }) => Id)
  }
})
