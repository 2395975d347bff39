export type Encoding = 'br' | 'gzip' | 'identity'

/** The smallest encoding that the client accepts. */
export function preferredEncoding(accepted: string | undefined): Encoding {
  const readable = (accepted ?? '').split(',').map((range) => range.trim().toLowerCase())
  const accepts = (encoding: Encoding) =>
    readable.some((range) => range.split(';', 1)[0]?.trim() === encoding && !/;\s*q=0(\.0*)?$/.test(range))
  if (accepts('br')) return 'br'
  return accepts('gzip') ? 'gzip' : 'identity'
}
