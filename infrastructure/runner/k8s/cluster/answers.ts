import { ClusterFault, faultOfAnswer } from './fault.ts'

export interface Listed {
  readonly metadata?: { readonly uid?: string; readonly resourceVersion?: string }
}

export interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  /** Absent for a bookmark, which says only how far one is. */
  readonly object?: T
  readonly version?: string | undefined
  readonly fault?: ClusterFault
}

/** The API's JSON as the library's types describe it, but for times, which are texts here and are not used. */
export function listAnswer<T extends Listed>(answer: unknown): { items: readonly T[]; version: string } {
  const { items, metadata } = answer as { items?: readonly T[]; metadata?: { resourceVersion?: string } }
  if (metadata?.resourceVersion === undefined) throw new ClusterFault({ message: 'the answer to a list request is not a list' })
  return { items: items ?? [], version: metadata.resourceVersion }
}

export function watchEvent<T extends Listed>(line: string): WatchEvent<T> {
  const { type, object } = JSON.parse(line) as { type: WatchEvent<T>['type']; object: T & { code?: number } }
  if (type === 'ERROR') return { type, fault: faultOfAnswer(object.code ?? 500, object) }
  const version = object.metadata?.resourceVersion
  return type === 'BOOKMARK' ? { type, version } : { type, object, version }
}
