/** How far a program's process got, as the worker saw it. The process cannot change this. */
export interface Progress {
  /** `starting` until the host runs, `loading` until it has the program, `done` when the worker has every answer. */
  stage: 'starting' | 'loading' | 'working' | 'done'
  /** What it was last given, like `record a` or `batch 2`. */
  at: string | undefined
  /** Why the module cannot be a program of its kind, in the host's words. */
  unusable: string | undefined
  /** Why an ingester failed, in its own words. */
  threw: string | undefined
}

export function atStart(): Progress {
  return { stage: 'starting', at: undefined, unusable: undefined, threw: undefined }
}
