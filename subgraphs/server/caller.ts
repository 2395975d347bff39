import { anonymous, bearerToken, privateArchive, type Principal } from '@strata/domain/identity'
import { Unauthenticated } from '@strata/domain/shared'

export type Headers = Readonly<Record<string, string | undefined>>

interface Door {
  readonly verify: (token: string) => Promise<Principal>
  readonly config: { readonly reads: 'public' | 'private' }
}

/** Verified here although the gateway did: a service does not take the gateway's word for who calls. */
export async function callerOf(headers: Headers, { verify, config }: Door): Promise<Principal> {
  const token = bearerToken(headers['authorization'])
  if (token !== undefined) return verify(token)
  if (config.reads === 'private') throw new Unauthenticated(privateArchive)
  return anonymous
}
