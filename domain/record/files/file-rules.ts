import type { FileRequirements } from '@strata/domain/convention'

export interface FileFacts {
  readonly name: string
  readonly mediaType?: string | undefined
}

/** Why a convention does not accept a file of this type, as the end of a sentence; undefined when it does. */
export function faultOfType(file: FileFacts, { acceptedTypes }: FileRequirements): string | undefined {
  if (acceptedTypes.length === 0 || acceptedTypes.some((type) => accepts(type, file))) return undefined
  const is = file.mediaType === undefined ? 'was uploaded without a media type' : `is of type ${file.mediaType}`
  return `${is}; this convention accepts ${acceptedTypes.join(', ')}`
}

/** Why a convention does not accept this many bytes. */
export function faultOfSize(size: number, { maxFileSize }: FileRequirements): string | undefined {
  if (maxFileSize === undefined || BigInt(size) <= BigInt(maxFileSize)) return undefined
  return `has ${size} bytes; this convention accepts at most ${maxFileSize}`
}

export function faultOfCount(count: number, { minCount, maxCount }: FileRequirements): string | undefined {
  if (count < minCount) return `The record has ${count} files; this convention requires at least ${minCount}.`
  if (maxCount !== undefined && count > maxCount) return `The record has ${count} files; this convention accepts at most ${maxCount}.`
  return undefined
}

/** A type is an extension (".csv"), a media type ("text/csv") or a range ("image/*"). */
function accepts(type: string, { name, mediaType }: FileFacts): boolean {
  if (type.startsWith('.')) return name.toLowerCase().endsWith(type)
  const essence = mediaType?.split(';', 1)[0]
  return type.endsWith('/*') ? (essence?.startsWith(type.slice(0, -1)) ?? false) : essence === type
}
