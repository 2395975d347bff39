import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attemptLabels, jobName, selector } from './names.ts'

const anyAttempt = fc.record({ runId: fc.string({ maxLength: 100 }), attempt: fc.integer({ min: 1, max: 99_999 }) })

test('one attempt has one name, and another attempt, run or archive has another', () => {
  const name = jobName('archive.example.org', { runId: '0197b0a4-5d5a-7000-8000-0123456789ab', attempt: 2 })
  expect(name).toMatch(/^strata-0197b0a4-5d5a-7000-8000-01234567-2-[0-9a-f]{10}$/)
  expect(jobName('archive.example.org', { runId: '0197b0a4-5d5a-7000-8000-0123456789ab', attempt: 2 })).toBe(name)
  const others = [
    jobName('archive.example.org', { runId: '0197b0a4-5d5a-7000-8000-0123456789ab', attempt: 3 }),
    jobName('archive.example.org', { runId: '0197b0a4-5d5a-7000-8000-0123456789ac', attempt: 2 }),
    jobName('another.example.org', { runId: '0197b0a4-5d5a-7000-8000-0123456789ab', attempt: 2 }),
  ]
  expect(new Set([name, ...others]).size).toBe(4)
})

test('whatever an archive and a run are called, a cluster takes their names and labels', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 253 }), anyAttempt, (node, attempt) => {
      const name = jobName(node, attempt)
      expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
      expect(name.length).toBeLessThanOrEqual(57)
      for (const value of Object.values(attemptLabels(node, attempt)))
        expect(value).toMatch(/^(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?$/)
    }),
  )
})

test('an archive selects all that is its own, and a run one attempt', () => {
  expect(selector('localhost')).toBe('strata.node=localhost')
  expect(selector('localhost', { runId: 'r', attempt: 2 })).toBe('strata.node=localhost,strata.run=r,strata.attempt=2')
})
