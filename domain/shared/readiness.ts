/** Port: something that a service needs in order to serve, like its database, its queue or another service. */
export interface WatchedPart {
  readonly name: string
  /** Whether its changes are no news for the log, as that a start is under way. */
  readonly isQuiet?: boolean
  /** Resolves with what there is to tell of a part that can serve. Rejects when it cannot; `NotReady` says why in a sentence. */
  check(): Promise<string | undefined>
}

/** Why a part cannot serve, in words that everyone may read: `/readyz` is open to all. */
export class NotReady extends Error {}
