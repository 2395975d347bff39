/** For the archive's own pages: scripts only from files that the archive serves, and no external resources. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Editors and charts set style attributes at run time.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
