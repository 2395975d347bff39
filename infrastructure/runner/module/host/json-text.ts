/** Captures these functions before the program can change them. */
export function openJson(): (value: unknown) => string {
  const { stringify } = JSON
  const { isFinite } = Number
  const { TypeError: Wrong } = globalThis

  /** JSON has no NaN. Serialized as null, a failed computation would look like a missing value. */
  const refuseWhatJsonLoses = (key: string, value: unknown) => {
    if (typeof value === 'number' && !isFinite(value))
      throw new Wrong(`"${key}" is ${value}, which JSON cannot represent; leave it out when there is no value`)
    if (typeof value === 'function' || typeof value === 'symbol')
      throw new Wrong(`"${key}" is a ${typeof value}, which JSON cannot represent`)
    return value
  }
  return (value) => stringify(value, refuseWhatJsonLoses)
}
