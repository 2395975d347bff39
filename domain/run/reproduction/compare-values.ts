import { isJsonObject, type Json } from '@strata/domain/shared'

/** Whether two values are the same but for numbers that differ by no more than a part of the larger one. */
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

/** Halves, because the difference of the largest numbers of opposite signs is no number. */
function isNear(a: number, b: number, tolerance: number): boolean {
  return a === b || Math.abs(a / 2 - b / 2) <= tolerance * Math.max(Math.abs(a / 2), Math.abs(b / 2))
}
