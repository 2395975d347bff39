import type { V1Job } from '@kubernetes/client-node'
import { annotations } from './job-spec.ts'

/**
 * Why a Job that has our name already is not the one we asked for; nothing when it is: then an answer was lost on the way,
 * or a worker began this very attempt before. A Job that merely lingers under the name would bring another batch's end.
 */
export function unlikeOurs(ours: V1Job, found: V1Job): string | undefined {
  if (found.metadata?.deletionTimestamp !== undefined) return 'it is being removed'
  for (const [name, value] of Object.entries(ours.metadata?.labels ?? {})) {
    if (found.metadata?.labels?.[name] !== value)
      return `its label ${name} is ${found.metadata?.labels?.[name] ?? 'missing'} instead of ${value}`
  }
  for (const name of Object.values(annotations)) {
    if (found.metadata?.annotations?.[name] !== ours.metadata?.annotations?.[name]) return `its annotation ${name} is another`
  }
  const path = difference(ours.spec, found.spec, 'spec')
  return path === undefined ? undefined : `its ${path} is another`
}

/** The first place where what we asked for is not what there is. The cluster adds to a spec what was left open, so only ours count. */
function difference(ours: unknown, found: unknown, path: string): string | undefined {
  if (ours === undefined) return undefined
  if (Array.isArray(ours)) {
    if (!Array.isArray(found) || found.length !== ours.length) return path
    return firstDefined(ours.map((value, i) => () => difference(value, found[i], `${path}[${i}]`)))
  }
  if (typeof ours === 'object' && ours !== null) {
    if (typeof found !== 'object' || found === null) return path
    const of = new Map<string, unknown>(Object.entries(found))
    return firstDefined(
      Object.entries(ours).map(
        ([name, value]) =>
          () =>
            difference(value, of.get(name), `${path}.${name}`),
      ),
    )
  }
  // An empty text and none are the same to a cluster.
  return ours === found || (ours === '' && found === undefined) ? undefined : path
}

function firstDefined<T>(tries: readonly (() => T | undefined)[]): T | undefined {
  for (const attempt of tries) {
    const found = attempt()
    if (found !== undefined) return found
  }
  return undefined
}
