import type { IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { listAnswer, watchEvent, type Listed } from './answers.ts'
import { ClusterFault, faultOfConnection } from './fault.ts'

/** An object as it is, or as it was when it went. `undefined` for a fault: nothing can be seen at the moment. */
export type Change<T> = { readonly object: T; readonly present: boolean } | { readonly fault: ClusterFault | undefined }

/** By label or by field, in the API's own words. */
export type Selection = { readonly labelSelector: string } | { readonly fieldSelector: string }

type Open = (query: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<IncomingMessage>

/** The server ends a watch after this; a client that hears nothing for longer has lost it. */
const watchSeconds = 60
const silenceMs = (watchSeconds + 15) * 1_000
const listMayTakeMs = 30_000
const backoff = { firstMs: 200, atMostMs: 5_000 }

/**
 * Lists, then watches from there. A watch that ends is taken up where it ended; one whose place the server has forgotten
 * (410 Gone) begins with a list again, and what is missing from it went in the meantime.
 */
export async function observe<T extends Listed>(
  open: Open,
  which: Selection,
  changed: (change: Change<T>) => void,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map<string, T>()
  let from: string | undefined
  let waitMs = backoff.firstMs
  while (!signal.aborted) {
    const since = performance.now()
    try {
      from ??= await list()
      changed({ fault: undefined })
      from = await watch(from)
    } catch (error) {
      if (signal.aborted) return
      const fault = error instanceof ClusterFault ? error : faultOfConnection(error)
      if (fault.status === 410) from = undefined
      else changed({ fault })
    }
    // One that lasted is taken up at once; a server that ends each of them must not be asked without a pause.
    if (performance.now() - since > backoff.atMostMs) waitMs = backoff.firstMs
    else {
      await sleep(waitMs, undefined, { signal }).catch(() => undefined)
      waitMs = Math.min(waitMs * 2, backoff.atMostMs)
    }
  }

  async function list(): Promise<string> {
    const answer = await open(which, AbortSignal.any([signal, AbortSignal.timeout(listMayTakeMs)]))
    const { items, version } = listAnswer<T>(await json(answer))
    const names = new Set(items.map(({ metadata }) => metadata?.uid))
    for (const object of known.values()) if (!names.has(object.metadata?.uid)) tell(object, false)
    for (const object of items) tell(object, true)
    return version
  }

  /** Returns from where the next one goes on. */
  async function watch(version: string): Promise<string> {
    let at = version
    const query = { ...which, watch: 'true', resourceVersion: at, allowWatchBookmarks: 'true', timeoutSeconds: String(watchSeconds) }
    const silence = new AbortController()
    const timer = setTimeout(() => silence.abort(), silenceMs)
    try {
      const answer = await open(query, AbortSignal.any([signal, silence.signal]))
      let rest = ''
      for await (const chunk of answer.setEncoding('utf8')) {
        timer.refresh()
        const lines = `${rest}${chunk}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          const { type, object, fault, version: seen } = watchEvent<T>(line)
          if (fault !== undefined) throw fault
          at = seen ?? at
          if (object !== undefined) tell(object, type !== 'DELETED')
        }
      }
      return at
    } catch (error) {
      if (error instanceof ClusterFault) throw error
      // Broken off in the middle: what came is known, and the rest comes with the next.
      return at
    } finally {
      clearTimeout(timer)
    }
  }

  function tell(object: T, present: boolean): void {
    const uid = object.metadata?.uid ?? ''
    if (present) known.set(uid, object)
    else known.delete(uid)
    changed({ object, present })
  }
}
