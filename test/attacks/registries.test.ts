import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { startFakeRegistry, type FakeRegistry } from '../support/fake-registry.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { convention { slug } } }'
const create = 'mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { created } }'
const digest = `sha256:${'a'.repeat(64)}`

describe.each(topologies)('an author cannot make the engine fetch from inside the network, as %s', (topology) => {
  let archive: TestArchive
  let registry: FakeRegistry
  beforeAll(async () => {
    registry = await startFakeRegistry()
    archive = await openArchive(topology, { STRATA_OCI_REGISTRIES: '*,registry.lan:5000' })
  })
  afterAll(async () => {
    await archive?.[Symbol.asyncDispose]()
    await registry?.[Symbol.asyncDispose]()
  })

  const inner = () => [
    `${registry.host}/lab/hook:1`,
    'localhost:5000/x',
    '169.254.169.254/latest/meta-data',
    '10.0.0.1/x',
    '192.168.0.1:5000/x',
    'registry:5000/x',
    'metadata.google.internal/x',
    '127.1/x',
    'registry.lan/x',
    'registry.lan:5001/x',
  ]

  test('by deploying a convention', async () => {
    for (const image of inner()) {
      const { errors } = await archive.ask(deploy, { input: manifestWithHooks([hookInput({ image: { image, digest } })]) })
      expect(errors?.[0], image).toMatchObject({
        message: expect.stringContaining('STRATA_OCI_REGISTRIES'),
        extensions: { code: 'BAD_USER_INPUT' },
      })
    }
    expect(registry.asked).toEqual([])
  })

  test('by releasing a hook', async () => {
    const named = await archive.ask(deploy, {
      input: manifestWithHooks([hookInput({ image: { image: 'registry.lan:5000/lab/hook:1', digest } })]),
    })
    expect(named.errors).toEqual([])
    const { release } = hookInput({ image: { image: `${registry.host}/lab/hook:1`, digest: `sha256:${'b'.repeat(64)}` } })
    const { errors } = await archive.ask(create, { input: { hook: 'doubled', release } })
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('STRATA_OCI_REGISTRIES'), extensions: { code: 'BAD_USER_INPUT' } })
  })
})
