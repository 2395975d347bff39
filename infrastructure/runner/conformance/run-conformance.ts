import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failureScenarios } from './hook/failures.ts'
import { playHook } from './hook/play.ts'
import { resultScenarios } from './hook/results.ts'
import { wallScenarios } from './hook/walls.ts'
import { hostileScenarios } from './ingester/hostile.ts'
import { playIngester } from './ingester/play.ts'
import { pullScenarios } from './ingester/pulls.ts'
import { stopScenarios } from './ingester/stops.ts'
import { startWorld, type ConformingBackend, type World } from './world.ts'

export type { ConformingBackend } from './world.ts'

/** Every backend must pass every scenario, of hooks and of ingesters. Call it in a test file of the backend's. */
export function runConformance(name: string, start: () => Promise<ConformingBackend>): void {
  describe(name, () => {
    let backend: ConformingBackend
    let world: World
    beforeAll(async () => {
      world = await startWorld()
      backend = await start()
    })
    afterAll(async () => {
      await backend?.close()
      await world?.close()
    })

    describe('a hook', () => {
      for (const scenario of [...resultScenarios, ...failureScenarios, ...wallScenarios]) {
        test(scenario.name, { timeout: 60_000 }, async () => {
          scenario.check(await playHook(scenario, backend, world))
          await nothingIsLeft()
        })
      }
    })

    describe('an ingester', () => {
      for (const scenario of [...pullScenarios, ...stopScenarios, ...hostileScenarios]) {
        test(scenario.name, { timeout: 60_000 }, async () => {
          scenario.check(await playIngester(scenario, backend, world))
          await nothingIsLeft()
        })
      }
    })

    /** A program that reached what it must not would have left a mark, or taken one along. */
    async function nothingIsLeft(): Promise<void> {
      expect(await backend.leftovers()).toEqual([])
      expect(world.requests()).toBe(0)
      expect(await readFile(world.secret, 'utf8')).toBe('the secret of the worker')
    }
  })
}
