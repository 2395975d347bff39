/** What a browser shows without running anything in it. All else is saved. */
const shown = new Set([
  'application/json',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/csv',
  'text/plain',
  'text/tab-separated-values',
  'video/mp4',
  'video/webm',
])

/** RFC 6266 with the name twice: in ASCII for old programs, in full as RFC 5987 has it. */
export function contentDisposition(name: string, mediaType: string): string {
  const kind = shown.has(mediaType.split(';', 1)[0] ?? '') ? 'inline' : 'attachment'
  const ascii = name.replaceAll(/[^ !#$&'()+,\-.0-9;=@A-Z[\]^_`a-z{}~]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return ascii === name ? `${kind}; filename="${name}"` : `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
