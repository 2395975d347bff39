import { finding } from '../finding.ts'
import type { Check } from '../verification.ts'

/** Port: what removals erased, and what is left of it. */
export interface VerifiedRemovals {
  count(): Promise<number>
  page(after: string | undefined, limit: number): Promise<readonly ErasedThing[]>
}

export interface ErasedThing {
  /** Its place in the list. */
  readonly id: string
  readonly subject: string
  /** What is still there although it was erased, in words. */
  readonly remains: readonly string[]
  /** Since when it waits to be erased. */
  readonly waitingSince: Date | undefined
}

const thingsAtOnce = 500
/** Workers erase within seconds; a storage may be away for hours. */
const patienceMs = 24 * 3_600_000

/** Counts what was erased, which no other check reports as a mismatch, and finds what is left of it. */
export function removalsCheck(removals: VerifiedRemovals, now: () => number = Date.now): Check {
  return {
    name: 'removals',
    inSamples: 'WHOLE',
    measure: async (seed) => ({ of: await removals.count(), selection: { seed, below: undefined } }),
    async page(after) {
      const page = await removals.page(after, thingsAtOnce)
      return {
        checked: page.length,
        next: page.length < thingsAtOnce ? undefined : page.at(-1)?.id,
        findings: page.flatMap((thing) => faultsOf(thing, now()).map((detail) => finding('ERASURE', thing.subject, detail))),
      }
    },
  }
}

function faultsOf({ remains, waitingSince }: ErasedThing, now: number): readonly string[] {
  if (waitingSince === undefined)
    return remains.length === 0 ? [] : [`It was erased with a removed record, but there still is ${remains.join(', ')}.`]
  return now - waitingSince.getTime() < patienceMs ? [] : [`It has been waiting to be erased since ${waitingSince.toISOString()}.`]
}
