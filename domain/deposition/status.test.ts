import { Conflict } from '@strata/domain/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { depositionStatuses, statusAfter, steps, type DepositionStatus, type Step } from './status.ts'

/** Takes every step that can be taken, in turn; the statuses passed through. */
function walk(taken: readonly Step[]): { from: DepositionStatus; step: Step; to: DepositionStatus }[] {
  let status: DepositionStatus = 'DRAFT'
  return taken.flatMap((step) => {
    const from = status
    try {
      status = statusAfter(status, step)
    } catch (refusal) {
      expect(refusal).toBeInstanceOf(Conflict)
      return []
    }
    return [{ from, step, to: status }]
  })
}

const anySteps = fc.array(fc.constantFrom(...steps), { maxLength: 60 })

describe('whatever is tried in whatever order', () => {
  test('a deposition is published at most once, and nothing happens to it after that', () => {
    fc.assert(
      fc.property(anySteps, (tried) => {
        const path = walk(tried)
        const published = path.findIndex(({ to }) => to === 'PUBLISHED')
        expect(published === -1 || published === path.length - 1).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('it is edited only in its owner’s hands', () => {
    fc.assert(
      fc.property(anySteps, (tried) => {
        for (const { from, step } of walk(tried)) if (step === 'EDIT') expect(['DRAFT', 'REJECTED']).toContain(from)
      }),
    )
  })

  test('nothing is published that was not submitted since it was last edited', () => {
    fc.assert(
      fc.property(anySteps, (tried) => {
        const path = walk(tried)
        const published = path.findIndex(({ to }) => to === 'PUBLISHED')
        if (published === -1) return
        const before = path.slice(0, published).map(({ step }) => step)
        expect(before.lastIndexOf('SUBMIT')).toBeGreaterThan(before.lastIndexOf('EDIT'))
      }),
      { numRuns: 2_000 },
    )
  })

  test('what waits for a curator is published by a curator alone', () => {
    fc.assert(
      fc.property(anySteps, (tried) => {
        for (const { from, step, to } of walk(tried)) if (from === 'IN_REVIEW' && to === 'PUBLISHED') expect(step).toBe('APPROVE')
      }),
    )
  })
})

test('the steps that can be taken are these and no others', () => {
  const table = depositionStatuses.map((status) => [status, steps.filter((step) => canTake(status, step))])
  expect(Object.fromEntries(table)).toEqual({
    DRAFT: ['EDIT', 'SUBMIT', 'RETURN'],
    IN_VALIDATION: ['WITHDRAW', 'RETURN', 'FORWARD', 'PUBLISH'],
    IN_REVIEW: ['WITHDRAW', 'RETURN', 'APPROVE', 'REJECT'],
    PUBLISHED: [],
    REJECTED: ['EDIT', 'SUBMIT', 'RETURN'],
  })
})

test('every status can still end in a record', () => {
  const reachable = new Set<DepositionStatus>(['PUBLISHED'])
  for (const _ of depositionStatuses) {
    for (const status of depositionStatuses) {
      if (steps.some((step) => canTake(status, step) && reachable.has(statusAfter(status, step)))) reachable.add(status)
    }
  }
  expect(reachable).toEqual(new Set(depositionStatuses))
})

function canTake(status: DepositionStatus, step: Step): boolean {
  try {
    statusAfter(status, step)
    return true
  } catch {
    return false
  }
}
