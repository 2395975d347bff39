import { createHash } from 'node:crypto'
import { BadUserInput } from './refusal.ts'

/** `sha256:<64 hex>`, lower case. */
export type Digest = string & { readonly [digest]: true }
declare const digest: unique symbol

export function isDigest(text: string): text is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(text)
}

export function parseDigest(text: string, field?: string): Digest {
  if (isDigest(text)) return text
  throw new BadUserInput(
    `"${text.slice(0, 80)}" is not a digest, which is sha256: followed by 64 lower-case hex digits. A tag or a name is not enough: it can be moved.`,
    field,
  )
}

export function digestOf(content: string | Uint8Array): Digest {
  return parseDigest(`sha256:${createHash('sha256').update(content).digest('hex')}`)
}
