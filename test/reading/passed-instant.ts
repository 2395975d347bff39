import * as postgres from '@strata/infrastructure/postgres'
import type { TestDatabase } from '../support/index.ts'

/** A time after everything so far, and before everything to come. */
export async function passedInstant({ reader }: TestDatabase): Promise<Date> {
  const done = Date.now()
  for (;;) {
    const at = await postgres.stableInstant(reader)
    if (at.getTime() > done) return at
  }
}
