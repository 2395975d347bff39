import type { V1Job, V1Pod } from '@kubernetes/client-node'
import type { Cluster } from './cluster/calls.ts'
import { isPassing, type ClusterFault } from './cluster/fault.ts'
import type { Change } from './cluster/observe.ts'
import { jobFacts, podFacts, warningOf, type AttemptFacts, type Warning } from './facts.ts'
import { hasStarted } from './failure.ts'

/** The attempt as it is seen now, kept up to date by watches. */
export interface AttemptWatch extends AsyncDisposable {
  facts(): AttemptFacts
  /** The pod as the cluster admitted it. */
  pod(): V1Pod | undefined
  /** Resolves at the next change, or when the time is up. */
  change(withinMs: number): Promise<void>
  /** Since when nothing can be seen, and why. */
  blind(): { readonly forMs: number; readonly fault: string } | undefined
  /** All that the cluster warned of, about the Job and its pod; asked once, for a message. */
  askForWarnings(): Promise<void>
}

/** `job` as it was when it was made: what is not seen any more after that is gone. */
export function watchAttempt(cluster: Cluster, job: V1Job, labelSelector: string): AttemptWatch {
  const name = job.metadata?.name ?? ''
  const uid = job.metadata?.uid
  const over = new AbortController()
  const untilPod = new AbortController()
  const warnings = new Map<string, Warning>()
  const pods = new Map<string, { pod: V1Pod; present: boolean }>()
  const blindSince = new Map<string, { at: number; fault: ClusterFault }>()
  let seen = { job, present: true }
  let hasRun = false
  let wake = Promise.withResolvers<void>()

  const told = () => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  const onChange =
    <T>(what: string, take: (object: T, present: boolean) => void) =>
    (change: Change<T>) => {
      if ('object' in change) take(change.object, change.present)
      else if (change.fault === undefined) blindSince.delete(what)
      else blindSince.set(what, { at: blindSince.get(what)?.at ?? performance.now(), fault: change.fault })
      told()
    }

  const watches = [
    cluster.observeJobs(
      labelSelector,
      onChange('job', (job, present) => void (job.metadata?.uid === uid && (seen = { job, present }))),
      over.signal,
    ),
    cluster.observePods(
      labelSelector,
      onChange('pod', (pod, present) => {
        pods.set(pod.metadata?.uid ?? '', { pod, present })
        hasRun ||= hasStarted(podFacts(pod, present))
        untilPod.abort()
      }),
      over.signal,
    ),
    // Only a Job that gets no pod has something to say.
    cluster.observeEvents(
      name,
      onChange('event', (event, present) => {
        const warning = warningOf(event)
        if (warning !== undefined && present) warnings.set(event.metadata?.uid ?? '', warning)
      }),
      AbortSignal.any([over.signal, untilPod.signal]),
    ),
  ]

  const facts = (): AttemptFacts => {
    const [first] = pods.values()
    return {
      job: jobFacts(seen.job, seen.present),
      pod: first && podFacts(first.pod, first.present),
      hasRun,
      podsSeen: pods.size,
      warnings: [...warnings.values()],
    }
  }

  return {
    facts,
    pod: () => [...pods.values()][0]?.pod,
    async change(withinMs) {
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(late.resolve, withinMs)
      await Promise.race([wake.promise, late.promise])
      clearTimeout(timer)
    },
    blind() {
      const lost = blindSince.get('pod') ?? blindSince.get('job')
      return lost && { forMs: performance.now() - lost.at, fault: lost.fault.message }
    },
    async askForWarnings() {
      for (const object of [name, facts().pod?.name]) {
        if (object === undefined) continue
        try {
          for (const event of await cluster.events(object)) {
            const warning = warningOf(event)
            if (warning !== undefined) warnings.set(event.metadata?.uid ?? '', warning)
          }
        } catch (error) {
          // The sentence is then less telling.
          if (!isPassing(error)) throw error
        }
      }
    },
    async [Symbol.asyncDispose]() {
      over.abort()
      await Promise.all(watches)
    },
  }
}
