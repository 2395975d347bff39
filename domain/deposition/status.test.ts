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

describe('for any steps in any order', () => {
  test('a deposition is published at most once and does not change afterwards', () => {
    fc.assert(
      fc.property(anySteps, (tried) => {
        const path = walk(tried)
        const published = path.findIndex(({ to }) => to === 'PUBLISHED')
        expect(published === -1 || published === path.length - 1).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('it is edited only while it is a draft or rejected', () => {
    fc.assert(
      fc.property(anySteps, (tried) => {
        for (const { from, step } of walk(tried)) if (step === 'EDIT') expect(['DRAFT', 'REJECTED']).toContain(from)
      }),
    )
  })

  test('only a deposition that was submitted after its last edit is published', () => {
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

  test('a deposition in review is published only by a curator', () => {
    fc.assert(
      fc.property(anySteps, (tried) => {
        for (const { from, step, to } of walk(tried)) if (from === 'IN_REVIEW' && to === 'PUBLISHED') expect(step).toBe('APPROVE')
      }),
    )
  })
})

test('only these steps are possible', () => {
  const table = depositionStatuses.map((status) => [status, steps.filter((step) => canTake(status, step))])
  expect(Object.fromEntries(table)).toEqual({
    DRAFT: ['EDIT', 'SUBMIT', 'RETURN'],
    IN_VALIDATION: ['WITHDRAW', 'RETURN', 'FORWARD', 'PUBLISH'],
    IN_REVIEW: ['WITHDRAW', 'RETURN', 'APPROVE', 'REJECT'],
    PUBLISHED: [],
    REJECTED: ['EDIT', 'SUBMIT', 'RETURN'],
  })
})

test('from every status, a record can still be published', () => {
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
