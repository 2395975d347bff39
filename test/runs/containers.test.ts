import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isContainerEngineInstalled, startContainerEngine } from '../support/container-engine.ts'
import { hookImages, type HookImages, type PushedImage } from '../support/hook-images.ts'
import { startImageRegistry } from '../support/image-registry.ts'
import { depositsIn } from './deposits.ts'
import { openRuns } from './open-runs.ts'

const mebi = 2 ** 20

/** One row for each record, in the order of the input: its number, doubled. */
const doubling = String.raw`
sed -n 's/.*"id":"\([^"]*\)".*"n":\([0-9]*\).*/\1 \2/p' $OSA_IN/records.jsonl |
while read id n; do
  echo "looking at $n"
  [ "$n" = 13 ] && { echo "{\"id\":\"$id\",\"reason\":\"thirteen is not wanted\"}" >> $OSA_OUT/rejections.jsonl; continue; }
  echo "{\"id\":\"$id\",\"features\":[{\"value\":$((n * 2)),\"word\":\"shell\"}]}" >> $OSA_OUT/features.jsonl
done`

const squaring = `
import json, os
with open(os.environ['OSA_IN'] + '/records.jsonl') as given, open(os.environ['OSA_OUT'] + '/features.jsonl', 'w') as found:
    for line in given:
        record = json.loads(line)
        found.write(json.dumps({'id': record['id'], 'features': [{'value': record['metadata']['n'] ** 2, 'word': 'python'}]}) + '\\n')
`

/** Needs about 150 MiB, whatever it is given. */
const hungry = `
import json, os
held = bytearray(os.urandom(1 << 20)) * 150
with open(os.environ['OSA_IN'] + '/records.jsonl') as given, open(os.environ['OSA_OUT'] + '/features.jsonl', 'w') as found:
    for line in given:
        found.write(json.dumps({'id': json.loads(line)['id'], 'features': [{'value': len(held) >> 20}]}) + '\\n')
`

describe.skipIf(!isContainerEngineInstalled())('hooks in containers, from a registry through the whole pipeline', () => {
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

  /** What was pushed is forgotten by the engine, so that a run has to pull it. */
  async function pulled(pushed: Promise<PushedImage>): Promise<PushedImage> {
    const image = await pushed
    await images.forget(image)
    return image
  }

  test('a shell and a Python hook run side by side over what is published, and each row names its run', async () => {
    const [shell, python] = [await pulled(images.shell(doubling)), await pulled(images.python(squaring))]
    await using archive = await openRuns(undefined, [
      { name: 'doubled', image: shell },
      { name: 'squared', image: python },
    ])
    await archive.work({ config: { ...archive.config, runner: 'oci', ociSockets: [socket] } })
    const ids = await archive.publish(20)
    const runs = await archive.ended(2, 60_000)
    for (const run of runs) {
      const image = run.hook === 'doubled' ? shell : python
      expect(run).toMatchObject({ status: 'PASSED', oom_retries: 0 })
      expect(run['run_json']).toMatchObject({
        runtime: { type: 'oci', image: image.image, digest: image.digest },
        attempts: [
          { exitCode: 0, limits: { memoryBytes: 128 * mebi }, isolation: expect.arrayContaining([expect.stringContaining('network')]) },
        ],
      })
    }
    const of = (hook: string) => runs.find((run) => run.hook === hook)
    expect(of('doubled')).toMatchObject({ passed_count: 19, rejected_count: 1 })
    expect(await archive.rows('select _run, _record, value, word from features.squared order by value limit 1 offset 13')).toEqual([
      { _run: of('squared')?.id, _record: ids[13], value: 169, word: 'python' },
    ])
    expect(await archive.rows('select count(*)::int as n, sum(value) as total from features.doubled')).toEqual([{ n: 19, total: 380 - 26 }])
  })

  test('a hook that the kernel kills for its memory succeeds with twice as much, and both attempts record their limit', async () => {
    const image = await pulled(images.python(hungry))
    await using archive = await openRuns(undefined, [{ name: 'hungry', image, memory: '128Mi' }])
    await archive.work({ config: { ...archive.config, runner: 'oci', ociSockets: [socket] } })
    await archive.publish(3)
    const [run] = await archive.ended(1, 60_000)
    expect(run).toMatchObject({ status: 'PASSED', oom_retries: 1, passed_count: 3, row_count: 3n })
    expect(
      await archive.rows(
        'select number, because, memory_bytes / 1048576 as mebi, exit_code, failure_kind from run_attempt order by number',
      ),
    ).toEqual([
      { number: 1, because: 'first', mebi: 128n, exit_code: 137, failure_kind: 'OOM' },
      { number: 2, because: 'oom', mebi: 256n, exit_code: 0, failure_kind: null },
    ])
    expect(run?.['run_json']).toMatchObject({
      oomRetries: 1,
      attempts: [
        { limits: { memoryBytes: 128 * mebi }, failure: { kind: 'OOM' } },
        { limits: { memoryBytes: 256 * mebi }, because: 'oom' },
      ],
    })
  })

  test('a submission waits for its container, and comes back with the container’s reason', async () => {
    const image = await pulled(images.shell(doubling))
    await using archive = await openRuns(undefined, [{ name: 'doubled', image }])
    const deposits = depositsIn(archive)
    await archive.work({ config: { ...archive.config, runner: 'oci', ociSockets: [socket] } })
    const [good, bad] = [await deposits.submitted(4), await deposits.submitted(13)]
    await deposits.until(good, 'PUBLISHED')
    expect(await deposits.until(bad, 'DRAFT')).toMatchObject({
      findings: [{ hook: 'doubled', kind: 'REJECTED', message: 'thirteen is not wanted' }],
    })
    expect(await archive.rows('select value from features.doubled')).toEqual([{ value: 8 }])
  })

  test('an image that the registry does not have is not blamed on the records', async () => {
    const image = { ...(await images.shell(doubling)), digest: `sha256:${'0'.repeat(64)}` }
    await using archive = await openRuns(undefined, [{ name: 'doubled', image }])
    await archive.work({ config: { ...archive.config, runner: 'oci', ociSockets: [socket] } })
    await archive.publish(2)
    const [run] = await archive.ended(1, 60_000)
    expect(run).toMatchObject({ status: 'ERROR', failure_kind: 'IMAGE_PULL', errored_count: 0 })
    expect(await archive.outcomes()).toEqual({})
  })
})
