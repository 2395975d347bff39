import { vi } from 'vitest'

/** Tries until it does not throw. The bound is generous on purpose: a busy machine must not fail a test that waits for a condition. */
export function eventually<T>(condition: () => T | Promise<T>, { timeout = 60_000, interval = 50 } = {}): Promise<T> {
  return vi.waitFor(condition, { timeout, interval })
}
