/** What a log read again from its first byte has beyond what is known of it. */
export interface News {
  /** The part of this piece that is new. Nothing as long as it cannot be told. */
  take(piece: Uint8Array): Buffer
  /** The log has ended: what was held back. `lossy` when its beginning is not what was known, so that some may be missing. */
  rest(): { readonly bytes: Buffer; readonly lossy: boolean }
}

/**
 * Nearly always it begins with all that is known, and the rest is new. A node that cut the file in the meantime begins
 * somewhere later; then the longest end of what is known that it begins with is left out.
 */
export function afterKnown(known: Buffer): News {
  let held = Buffer.alloc(0)
  let passed = 0
  let strange = false

  return {
    take(piece) {
      if (passed === known.length && !strange) return Buffer.from(piece)
      held = Buffer.concat([held, piece])
      if (strange) return Buffer.alloc(0)
      const compared = Math.min(held.length, known.length)
      if (!held.subarray(0, compared).equals(known.subarray(0, compared))) {
        strange = true
        return Buffer.alloc(0)
      }
      if (held.length < known.length) return Buffer.alloc(0)
      passed = known.length
      const fresh = held.subarray(known.length)
      held = Buffer.alloc(0)
      return fresh
    },
    rest() {
      const bytes = strange ? held.subarray(overlap(known, held)) : Buffer.alloc(0)
      held = Buffer.alloc(0)
      return { bytes, lossy: strange }
    },
  }
}

/** How many bytes at the beginning of `fresh` are the end of `known`. */
function overlap(known: Buffer, fresh: Buffer): number {
  for (let length = Math.min(known.length, fresh.length); length > 0; length -= 1) {
    if (known[known.length - length] === fresh[0] && known.subarray(known.length - length).equals(fresh.subarray(0, length))) return length
  }
  return 0
}
