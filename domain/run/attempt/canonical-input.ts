import { createHash } from 'node:crypto'
import { canonicalJson, parseDigest, type Digest, type JsonObject } from '@strata/domain/shared'

/** One record as a hook is handed it. */
export interface InputRecord {
  readonly id: string
  readonly metadata: JsonObject
  readonly sizeHintMb: number
  /** Its files, by what they are: part of the input's digest, though their bytes lie beside it. */
  readonly files?: readonly { readonly name: string; readonly digest: Digest }[]
}

export interface InputDigest {
  add(record: InputRecord): void
  end(): Digest
}

/**
 * The digest of all that a run was computed from: a line of canonical JSON for its config, then one per record in the
 * batch's order. Attempts and halves of a batch do not change it.
 */
export function startInputDigest(config: JsonObject): InputDigest {
  const hash = createHash('sha256').update(`${canonicalJson({ config })}\n`)
  return {
    add({ id, metadata, sizeHintMb, files = [] }) {
      const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, digest }) => ({ name, digest }))
      hash.update(`${canonicalJson({ id, metadata, sizeHintMb, files: sorted })}\n`)
    },
    end: () => parseDigest(`sha256:${hash.digest('hex')}`),
  }
}
