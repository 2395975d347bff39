/** Where to find a JWKS document. */
export type JwksSource =
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'address'; readonly url: string }

/** Undefined when the text is none of the three. Plain http is allowed only on this machine, because keys could be replaced on the way. */
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
