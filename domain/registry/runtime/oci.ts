import { BadUserInput, every, parseDigest, type Digest, type JsonObject } from '@strata/domain/shared'
import type { RuntimeLimits } from './limits.ts'

/** A container image, run by an engine or a cluster. */
export interface OciRuntime {
  readonly type: 'oci'
  /** Where to pull the image; only the digest identifies it. */
  readonly image: string
  readonly digest: Digest
  readonly config: JsonObject
  readonly limits: RuntimeLimits
}

export interface OciRuntimeInput {
  readonly image: string
  readonly digest: string
}

const repository = /^[a-z0-9]+(?:[._-][a-z0-9]+)*(?::[0-9]{1,5})?(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/
const tag = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

export function parseOci({ image, digest }: OciRuntimeInput, path: string): Pick<OciRuntime, 'type' | 'image' | 'digest'> {
  return {
    type: 'oci',
    ...every({ image: () => parseImage(image, digest, `${path}.image`), digest: () => parseImageDigest(digest, `${path}.digest`) }),
  }
}

function parseImageDigest(digest: string, field: string): Digest {
  if (digest === '')
    throw new BadUserInput('An image needs its digest: a tag can be moved, and then rows could not say what made them.', field)
  return parseDigest(digest, field)
}

/** `name[:tag][@digest]`. A digest in the name must be the given one. The tag is only documentation. */
function parseImage(image: string, digest: string, field: string): string {
  const [name = '', pinned] = image.split('@')
  const lastColon = name.lastIndexOf(':')
  const hasTag = lastColon > name.lastIndexOf('/')
  const [base, given] = hasTag ? [name.slice(0, lastColon), name.slice(lastColon + 1)] : [name, undefined]
  if (image.length > 512 || !repository.test(base) || (given !== undefined && !tag.test(given)) || image.split('@').length > 2) {
    throw new BadUserInput(`"${image.slice(0, 80)}" is not an image; give one like registry.example.org/group/name:tag.`, field)
  }
  if (pinned !== undefined && pinned !== digest) {
    throw new BadUserInput('The digest in the image is not the one given as "digest"; they name different images.', field)
  }
  return name
}
