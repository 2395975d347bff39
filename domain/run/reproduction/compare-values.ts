import { isJsonObject, type Json } from '@strata/domain/shared'

/** Whether two values are equal except for numbers that differ by at most a fraction of the larger one. */
export function isWithinTolerance(before: Json | undefined, after: Json | undefined, tolerance: number): boolean {
  if (typeof before === 'number' && typeof after === 'number') return isNear(before, after, tolerance)
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((value, i) => isWithinTolerance(value, after[i], tolerance))
  }
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = Object.keys(before)
    return (
      names.length === Object.keys(after).length &&
      names.every((name) => Object.hasOwn(after, name) && isWithinTolerance(before[name], after[name], tolerance))
    )
  }
  return before === after
}

/** Uses halves, because the difference of two large numbers of opposite signs would overflow. */
function isNear(a: number, b: number, tolerance: number): boolean {
  return a === b || Math.abs(a / 2 - b / 2) <= tolerance * Math.max(Math.abs(a / 2), Math.abs(b / 2))
}
