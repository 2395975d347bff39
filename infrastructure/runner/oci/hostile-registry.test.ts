import { digestOf } from '@strata/domain/shared'
import { maxFailureText } from '@strata/domain/run'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import { isContainerEngineInstalled } from '../../../test/support/container-engine.ts'
import { startFakeRegistry, type FakeRegistry } from '../../../test/support/fake-registry.ts'
import { openOciBench, type OciBench } from '../../../test/support/oci-bench.ts'

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json'
const listType = 'application/vnd.docker.distribution.manifest.list.v2+json'

describe.skipIf(!isContainerEngineInstalled())('a registry that answers', () => {
  let bench: OciBench
  let registry: FakeRegistry
  beforeAll(async () => void (bench = await openOciBench()))
  afterAll(() => bench[Symbol.asyncDispose]())
  beforeEach(async () => void (registry = await startFakeRegistry()))
  afterEach(() => registry[Symbol.asyncDispose]())

  async function pulled(digest = digestOf('something')) {
    const runner = bench.runnerWith({ registries: { anyPublic: true, named: new Set([registry.host]) } })
    const job = await bench.job({ image: `${registry.host}/lab/hook:1`, digest })
    return runner.run(job, { signal: new AbortController().signal })
  }

  const config = (more: object = {}) => {
    const text = JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Cmd: ['/bin/true'] },
      rootfs: { type: 'layers', diff_ids: [] },
      ...more,
    })
    return {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: text.length,
      digest: registry.serve(text, 'application/octet-stream'),
    }
  }
  const manifest = (more: object = {}) =>
    JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config: config(), layers: [], ...more })

  test.each([
    [500, 'UPSTREAM'],
    [404, 'IMAGE_PULL'],
    [403, 'IMAGE_PULL'],
    [400, 'IMAGE_PULL'],
  ])('sixty megabytes with HTTP %i gives a bounded message without any of that text', async (status, kind) => {
    const secret = 'THE-ANSWER-OF-AN-INTERNAL-SERVICE '
    registry.answerAll(status, Buffer.alloc(60 * 2 ** 20, secret), 'text/html')
    const before = process.memoryUsage().rss
    const { failure, detail } = await pulled()
    expect(failure?.message.length).toBeLessThanOrEqual(maxFailureText)
    expect(failure?.message).not.toMatch(/ANSWER|127\.0\.0\.1:\d+\/v2/)
    expect(detail?.length).toBeLessThanOrEqual(4_000)
    expect([status, failure?.kind]).toEqual([status, kind])
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20)
  })

  test.each([
    ['MANIFEST_UNKNOWN', 404, 'IMAGE_PULL'],
    ['UNAUTHORIZED', 401, 'IMAGE_PULL'],
    ['DENIED', 403, 'IMAGE_PULL'],
    ['TOOMANYREQUESTS', 429, 'UPSTREAM'],
  ])('%s appears in the failure only as that code', async (code, status, kind) => {
    registry.answerAll(status, JSON.stringify({ errors: [{ code, message: 'HIDDEN words', detail: 'HIDDEN detail' }] }))
    const { failure } = await pulled()
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(`error code: ${code}.`) })
    expect(failure?.message).not.toContain('HIDDEN')
  })

  test('an error code outside the standard does not appear in the failure', async () => {
    registry.answerAll(404, JSON.stringify({ errors: [{ code: 'HIDDEN_CODE', message: 'no' }] }))
    expect((await pulled()).failure?.message).not.toMatch(/HIDDEN|error code/)
  })

  test.each<[what: string, digest: () => ReturnType<FakeRegistry['serve']>, words: RegExp]>([
    [
      'another manifest under the digest',
      () => (registry.serveAs(digestOf('asked'), manifest(), manifestType), digestOf('asked')),
      /damaged or forged/,
    ],
    [
      'a list for other platforms',
      () => {
        const text = manifest()
        const entry = {
          mediaType: manifestType,
          size: text.length,
          digest: registry.serve(text, manifestType),
          platform: { architecture: 's390x', os: 'linux' },
        }
        return registry.serve(JSON.stringify({ schemaVersion: 2, mediaType: listType, manifests: [entry] }), listType)
      },
      /not built for the platform/,
    ],
    ['an image for another system', () => registry.serve(manifest({ config: config({ os: 'windows' }) }), manifestType), /platform/],
    [
      'an image for another architecture',
      () => registry.serve(manifest({ config: config({ architecture: 's390x' }) }), manifestType),
      /linux\/s390x/,
    ],
    [
      'a manifest of schema 1',
      () =>
        registry.serve(
          JSON.stringify({ schemaVersion: 1, name: 'lab/hook', tag: '1', architecture: 'amd64', fsLayers: [], history: [] }),
          'application/vnd.docker.distribution.manifest.v1+prettyjws',
        ),
      /schema 1|cannot be run/,
    ],
    ['a manifest that is none', () => registry.serve('{"schemaVersion":2', manifestType), /cannot be run/],
    [
      'a media type that nobody knows',
      () => registry.serve(manifest({ mediaType: 'application/x-other' }), 'application/x-other'),
      /cannot be run|schema 1/,
    ],
    [
      'another configuration under its digest',
      () => {
        const forged = digestOf('config')
        registry.serveAs(forged, '{"architecture":"amd64","os":"linux"}', 'application/octet-stream')
        return registry.serve(
          manifest({ config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: 37, digest: forged } }),
          manifestType,
        )
      },
      /damaged or forged/,
    ],
  ])('%s makes the image fail without a retry', async (_, digest, words) => {
    const { failure, detail } = await pulled(digest())
    expect({ detail, failure }).toMatchObject({ failure: { kind: 'IMAGE_PULL', message: expect.stringMatching(words) } })
  })

  test('receives no request unless the operator named it', async () => {
    const job = await bench.job({ image: `${registry.host}/lab/hook:1`, digest: digestOf('x') })
    const { failure } = await bench.runner.run(job, { signal: new AbortController().signal })
    expect(failure).toMatchObject({ kind: 'CONFIG', message: expect.stringContaining('STRATA_OCI_REGISTRIES') })
    expect(registry.asked).toEqual([])
  })
})
