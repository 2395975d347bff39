/**
 * The lower bounds of buckets between two values. There are fewer than requested if the range has fewer values: a single
 * value gives one bucket.
 */
export function edgesOfNumbers(low: number, high: number, buckets: number): readonly number[] {
  // Both are halved, so that the difference cannot overflow. Rounding is monotonic, so the edges ascend.
  const edge = (i: number) => (low / 2 + (high / 2 - low / 2) * (i / buckets)) * 2
  return ascending(
    low,
    high,
    Array.from({ length: buckets }, (_, i) => (i === 0 ? low : edge(i))),
  )
}

/** For dates and times, as days or microseconds: every edge is a whole number. */
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
