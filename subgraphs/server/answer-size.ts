import type { Operation } from '@strata/domain/shared'

/** Estimates how many bytes a value takes in the answer, without its name. Stops counting when the answer has no room for it. */
export function sizeOfValue(value: unknown, { bytesLeft }: Pick<Operation, 'bytesLeft'>): number {
  if (typeof value === 'string') return sizeOfText(value)
  if (typeof value !== 'object' || value === null) return 8
  const known = sizes.get(value)
  if (known !== undefined) return known
  const size = sizeOfTree(value, bytesLeft())
  sizes.set(value, size)
  return size
}

/** The same object is answered under every alias, so it is measured only once. */
const sizes = new WeakMap<object, number>()

function sizeOfTree(root: object, most: number): number {
  const todo: unknown[] = [root]
  let size = 0
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === 'string') size += sizeOfText(next)
    else if (typeof next !== 'object' || next === null) size += 8
    else {
      size += 2
      for (const [key, value] of Object.entries(next)) {
        size += Array.isArray(next) ? 1 : key.length + 4
        if (value !== undefined) todo.push(value)
      }
    }
    if (size > most) break
  }
  return size
}

function sizeOfText(text: string): number {
  return 2 + (text.length < 1_000 ? text.length : Buffer.byteLength(text))
}
