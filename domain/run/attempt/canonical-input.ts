import { createHash } from 'node:crypto'
import { canonicalJson, parseDigest, type Digest, type JsonObject } from '@strata/domain/shared'

/** A record as input of a hook. */
export interface InputRecord {
  readonly id: string
  readonly metadata: JsonObject
  readonly sizeHintMb: number
  /** Its files by name and digest, which are part of the input's digest. Their contents are stored separately. */
  readonly files?: readonly { readonly name: string; readonly digest: Digest }[]
}

export interface InputDigest {
  add(record: InputRecord): void
  end(): Digest
}

/**
 * The digest of everything a run was computed from: one line of canonical JSON for its config, then one per record in the
 * batch's order. Splitting the batch into attempts does not change it.
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
