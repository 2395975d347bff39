/** Where a JWKS document is to be found. */
export type JwksSource =
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'address'; readonly url: string }

/** Undefined when the text is none of the three. Keys that travel unprotected could be anybody's, but on this machine. */
export function keySource(text: string): JwksSource | undefined {
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) return isKeySet(trimmed) ? { kind: 'document', text: trimmed } : undefined
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return trimmed === '' ? undefined : { kind: 'file', path: trimmed }
  return /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/])/i.test(trimmed) && URL.canParse(trimmed)
    ? { kind: 'address', url: trimmed }
    : undefined
}

function isKeySet(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text)
    return typeof document === 'object' && document !== null && 'keys' in document && Array.isArray(document.keys)
  } catch {
    return false
  }
}
