/**
 * Where the buckets between two values begin. Fewer than asked for where there are not so many values between: all of
 * one value are one bucket.
 */
export function edgesOfNumbers(low: number, high: number, buckets: number): readonly number[] {
  // Halved, so that the distance of two numbers is always a number. Rounding keeps the order, so the edges ascend.
  const edge = (i: number) => (low / 2 + (high / 2 - low / 2) * (i / buckets)) * 2
  return ascending(
    low,
    high,
    Array.from({ length: buckets }, (_, i) => (i === 0 ? low : edge(i))),
  )
}

/** Of dates and times, counted in days or microseconds: no edge lies between two of them. */
export function edgesOfWhole(low: bigint, high: bigint, buckets: number): readonly bigint[] {
  const edge = (i: number) => low + ((high - low) * BigInt(i)) / BigInt(buckets)
  return ascending(
    low,
    high,
    Array.from({ length: buckets }, (_, i) => edge(i)),
  )
}

function ascending<Edge extends number | bigint>(low: Edge, high: Edge, edges: readonly Edge[]): readonly Edge[] {
  return edges.filter((edge, i) => i === 0 || (edge > (edges[i - 1] ?? low) && edge < high))
}
