import { Refusal } from '@strata/domain/shared'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/index.ts'
import { deployInput, hookInput, moduleRelease, registryOn, type Registry } from './registry.ts'

const hook = 'find_pockets'

/** What people do to a hook, in any order, several at a time. */
type Step =
  | { readonly do: 'deploy' | 'stage' | 'release'; readonly artifact: number }
  | { readonly do: 'setLive' | 'yank' | 'deprecate' | 'activate'; readonly version: number }

const artifact = fc.integer({ min: 1, max: 5 })
const version = fc.integer({ min: 1, max: 6 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('deploy', 'stage', 'release'), artifact }),
  fc.record({ do: fc.constantFrom('setLive', 'yank', 'deprecate', 'activate'), version }),
)

test('after random actions, versions have no gaps, the log is linear, one release is live and no row is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }), async (rounds) => {
      await using database = await createTestDatabase({ poolSize: 8 })
      const registry = registryOn(database)
      await registry.deploy(deployInput())
      const seen = new Map<string, string>()
      for (const round of rounds) {
        const answers = await Promise.allSettled(round.map((one) => perform(registry, one)))
        for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(Refusal)
        await checkHistory(registry, seen)
      }
    }),
    { numRuns: 15 },
  )
})

function perform(registry: Registry, one: Step): Promise<unknown> {
  switch (one.do) {
    case 'deploy':
      return registry.deploy(deployInput({ hooks: [hookInput(one.artifact)] }))
    case 'stage':
    case 'release':
      return registry.release(hook, moduleRelease(one.artifact), one.do === 'release')
    case 'setLive':
      return registry.setLive(hook, one.version)
    case 'yank':
      return registry.setState(hook, one.version, 'YANKED')
    case 'deprecate':
      return registry.setState(hook, one.version, 'DEPRECATED')
    case 'activate':
      return registry.setState(hook, one.version, 'ACTIVE')
    default:
      throw new Error(`no such step ${String(one satisfies never)}`)
  }
}

async function checkHistory(registry: Registry, seen: Map<string, string>): Promise<void> {
  const [{ items: newestFirst } = expect.fail()] = await registry.queries.releasePages([{ of: hook as never, page: { first: 100 } }])
  const releases = newestFirst.toReversed()
  expect(releases.map((release) => release.version)).toEqual(releases.map((_, i) => i + 1))
  for (const { id, runtime, sourceRef } of releases) {
    const now = JSON.stringify([runtime, sourceRef])
    expect(seen.get(id) ?? now).toBe(now)
    seen.set(id, now)
  }
  expect([...seen.keys()].toSorted()).toEqual(releases.map(({ id }) => id as string).toSorted())

  const [{ items: lastMovesFirst } = expect.fail()] = await registry.queries.pointerPages([{ of: hook as never, page: { first: 1000 } }])
  const log = lastMovesFirst.toReversed()
  expect(log.map(({ position }) => position)).toEqual(log.map((_, i) => i + 1))
  expect(log.map(({ from }) => from)).toEqual([undefined, ...log.slice(0, -1).map(({ to }) => to)])
  const live = (await registry.queries.hooks([hook]))[0]?.live
  expect(live).toBe(log.at(-1)?.to)
  expect(releases.find(({ id }) => id === live)?.state).not.toBe('YANKED')
}
