import { createHash, timingSafeEqual } from 'node:crypto'

/** Takes constant time, so that the secret cannot be guessed by timing. */
export function isSameSecret(given: string | undefined, expected: string): boolean {
  return timingSafeEqual(digest(given ?? ''), digest(expected)) && given !== undefined && expected !== ''
}

/** Hashed, because the comparison needs equal lengths and must not reveal the secret's length. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
