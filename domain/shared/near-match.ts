/** The known name that is closest to a misspelt one, for messages like `did you mean "resolution"?`. */
export function nearMatch(name: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3))
  let best: { name: string; distance: number } | undefined
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > limit) continue
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { name: candidate, distance }
  }
  return best?.name
}

/** A list of valid names for a message. */
export function listed(names: Iterable<string>, most = 50): string {
  const all = [...names]
  if (all.length === 0) return 'none'
  const more = all.length > most ? ` and ${all.length - most} more` : ''
  return `${all
    .slice(0, most)
    .map((name) => `"${name}"`)
    .join(', ')}${more}`
}

export function didYouMean(name: string, known: Iterable<string>): string {
  const near = name.length > 100 ? undefined : nearMatch(name, known)
  return near === undefined ? '' : ` Did you mean "${near}"?`
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
