/** For one host only, because it names no domain; not readable by scripts; not sent with cross-site posts. */
export function sessionCookie(token: string, o: { maxAgeSeconds: number; isSecure: boolean }): string {
  const parts = [`${name(o.isSecure)}=${token}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${o.maxAgeSeconds}`]
  return [...parts, ...(o.isSecure ? ['Secure'] : [])].join('; ')
}

export function endedCookie(o: { isSecure: boolean }): string {
  return sessionCookie('', { ...o, maxAgeSeconds: 0 })
}

/** The token in a Cookie header, if it has exactly one. */
export function sessionToken(header: string | undefined, o: { isSecure: boolean }): string | undefined {
  const prefix = `${name(o.isSecure)}=`
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
  const [only] = found
  return found.length === 1 && only !== undefined && /^[\w.-]+$/.test(only.slice(prefix.length)) ? only.slice(prefix.length) : undefined
}

/** With this prefix, browsers accept the cookie only over https and for one host. */
function name(isSecure: boolean): string {
  return isSecure ? '__Host-strata-session' : 'strata-session'
}
