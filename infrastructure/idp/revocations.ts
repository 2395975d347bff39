import { Unavailable } from '@strata/domain/shared'

/** Loads the ids of tokens that were revoked and have not expired. */
export type LoadRevoked = () => Promise<readonly string[]>

const freshMs = 2_000
const usableMs = 4_000

/**
 * Whether a token was revoked, at most four seconds late. The list is loaded on demand when it is older than two seconds. While it
 * cannot be loaded, tokens that may have been revoked are refused.
 */
export function createRevocations(load: LoadRevoked, now: () => number = () => performance.now()): (id: string) => Promise<boolean> {
  let known: { readonly ids: ReadonlySet<string>; readonly asOf: number } | undefined
  let loading: Promise<void> | undefined
  const refresh = async () => {
    const asOf = now()
    known = { ids: new Set(await load()), asOf }
  }
  return async (id) => {
    if (known === undefined || now() - known.asOf > freshMs) {
      loading ??= refresh().finally(() => {
        loading = undefined
      })
      await loading.catch((cause: unknown) => {
        if (known === undefined || now() - known.asOf > usableMs) throw unknown(cause)
      })
    }
    return known?.ids.has(id) ?? false
  }
}

function unknown(cause: unknown): Unavailable {
  return Object.assign(new Unavailable('The archive cannot check at the moment whether this token was revoked; try again in a moment.'), {
    cause,
  })
}
