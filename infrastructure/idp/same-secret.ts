import { createHash, timingSafeEqual } from 'node:crypto'

/** Takes the same time whatever is given, so that a secret cannot be guessed piece by piece. */
export function isSameSecret(given: string | undefined, expected: string): boolean {
  return timingSafeEqual(digest(given ?? ''), digest(expected)) && given !== undefined && expected !== ''
}

/** Hashed first because the comparison wants equal lengths, and the length is part of the secret. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
