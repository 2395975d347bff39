import type { ByteRange } from '@strata/domain/shared'

/** What of the content a request asks for: all of it, a part, or one that does not exist. */
export type Wanted = { readonly kind: 'WHOLE' } | { readonly kind: 'PART'; readonly range: ByteRange } | { readonly kind: 'NOWHERE' }

const whole: Wanted = { kind: 'WHOLE' }

/**
 * RFC 9110 for a single range. Several ranges, another unit, or an invalid header are ignored: the whole content is a valid
 * answer.
 */
export function wantedRange(header: string | undefined, size: number): Wanted {
  const [, first, last] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return whole
  if (first === '') return part(Math.max(0, size - Number(last)), size - 1, size)
  if (last !== '' && Number(last) < Number(first)) return whole
  return part(Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1), size)
}

function part(start: number, end: number, size: number): Wanted {
  return start >= size || start > end ? { kind: 'NOWHERE' } : { kind: 'PART', range: { start, end } }
}
