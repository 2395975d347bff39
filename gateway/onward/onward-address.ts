import { BadUserInput } from '@strata/domain/shared'

/**
 * Builds the address of a call to a service from the service's origin and exactly these path segments. No segment can change the
 * origin, or add or remove a segment.
 */
export function onwardAddress(target: URL, segments: readonly string[], query = new URLSearchParams()): URL {
  const path = `/${segments.map(encodeSegment).join('/')}`
  const address = new URL(path, target.origin)
  if (address.origin !== target.origin || address.pathname !== path)
    throw new Error('The address of a call differs from the one that was built.')
  address.search = query.toString()
  return address
}

function encodeSegment(segment: string): string {
  if (segment === '') throw new BadUserInput('The address has an empty segment; send it without two slashes in a row.')
  if (segment === '.' || segment === '..') throw new BadUserInput('The address contains a dot segment; send the resolved address.')
  if (!segment.isWellFormed()) throw new BadUserInput('The address contains text that is not valid Unicode.')
  return encodeURIComponent(segment)
}

/** Fills the parameters of a request into a route: `/runs/:id/log` and `{ id: 'x' }` give `runs`, `x` and `log`. */
export function segmentsOf(route: string, parameters: Readonly<Record<string, unknown>>): readonly string[] {
  return route
    .slice(1)
    .split('/')
    .map((part) => {
      if (!part.startsWith(':')) return part
      const value = parameters[part.slice(1)]
      if (typeof value !== 'string') throw new Error(`the route ${route} has no parameter ${part}`)
      return value
    })
}
