/** Port: a dependency of a service, like its database, its queue or another service. */
export interface WatchedPart {
  readonly name: string
  /** Whether changes are not logged, for example while the process starts. */
  readonly isQuiet?: boolean
  /** Resolves, possibly with a detail, if the part can serve. Otherwise rejects; `NotReady` has the reason as a sentence. */
  check(): Promise<string | undefined>
}

/** Why a part cannot serve, in words that everyone may read, because `/readyz` is public. */
export class NotReady extends Error {}
