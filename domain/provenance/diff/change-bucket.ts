/** How many values changed by an amount of this size. */
export interface ChangeBucket {
  /** Undefined where unbounded. */
  readonly from: number | undefined
  readonly to: number | undefined
  readonly count: bigint
}

/** Amounts below 10^-9 share one bucket, and so do amounts from 10^9: at most forty buckets for any numbers. */
export const leastExponent = -10
export const greatestExponent = 9

/** The bucket of amounts with this sign whose decimal logarithm, rounded down and clamped to the limits, is `exponent`. */
export function changeBucket(sign: 1 | -1, exponent: number, count: bigint): ChangeBucket {
  const near = exponent <= leastExponent ? 0 : sign * Number(`1e${exponent}`)
  const far = exponent >= greatestExponent ? undefined : sign * Number(`1e${exponent + 1}`)
  return sign > 0 ? { from: near, to: far, count } : { from: far, to: near, count }
}

export function inOrder(buckets: readonly ChangeBucket[]): readonly ChangeBucket[] {
  return buckets.toSorted((a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY))
}
