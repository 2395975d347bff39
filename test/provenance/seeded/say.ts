import { chanceOf, type Chance } from '../history.ts'
import { sha256, type Said } from './chronicle.ts'

export const hookNames = ['size', 'shape', 'grade', 'sound', 'tint'] as const

/**
 * What a release says of the number n: mostly what the hook's other releases say, and something of its own now and then.
 * `tries` is how often it has put the record off before.
 */
export function say(seed: number, hook: string, version: number, n: number, tries: number): Said {
  const own = dice(seed, hook, n, version)
  const chance = own() < 0.35 ? own : dice(seed, hook, n)
  const fate = chance()
  if (fate < 0.1) return { rejected: `${hook} takes no ${n}` }
  if (fate < 0.17) return { error: `${hook} ${version} broke on ${n}`, later: false }
  if (fate < 0.2) return { error: `${hook} is busy with ${n}`, later: true }
  if (fate < 0.3 && tries === 0) return { error: 'The licence server is busy.', later: true }
  if (fate < 0.42) return { rows: [] }
  const count = 1 + Math.floor(chance() * 3)
  return {
    rows: Array.from({ length: count }, (_, i) => ({
      value: Math.floor(chance() * 50) + (own() < 0.3 ? version : 0),
      word: own() < 0.2 ? null : `${hook} ${i}`,
    })),
  }
}

/** How much memory a release really needs: some say less than they need. */
export function neededMebibytes(seed: number, hook: string, version: number): number {
  return [100, 200, 400][Math.floor(dice(seed, 'memory', hook, version)() * 3)] ?? 100
}

export function dice(...names: readonly unknown[]): Chance {
  return chanceOf(Number.parseInt(sha256(names.join('/')).slice(0, 8), 16))
}
