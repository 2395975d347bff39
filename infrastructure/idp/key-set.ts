import { readFileSync } from 'node:fs'
import { stat, readFile } from 'node:fs/promises'
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type CryptoKey, type JWTHeaderParameters } from 'jose'
import { Unavailable } from '@strata/domain/shared'
import { MachineKeysUnusable, parseKeys } from './parse-keys.ts'

/** The public keys of the machines' issuer. */
export interface KeySet {
  /** The key with the token's `kid`. Throws one of jose's errors when there is none. */
  keyFor(header: JWTHeaderParameters): Promise<CryptoKey>
}

export type KeySource =
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'address'; readonly url: string }

/** Reports to the operator that keys could not be renewed. The previous keys stay in use. */
export type ReportKeys = (fault: unknown) => void

export function openKeySet(source: KeySource, report: ReportKeys): KeySet {
  switch (source.kind) {
    case 'document':
      return keySetOf(source.text)
    case 'file':
      return fileKeySet(source.path, report)
    case 'address':
      return remoteKeySet(source.url, report)
  }
}

function keySetOf(text: string): KeySet {
  const find = createLocalJWKSet(parseKeys(text))
  return { keyFor: (header) => find(header) }
}

/** Checked before each use, at most once a second, so changes to the file take effect. */
function fileKeySet(path: string, report: ReportKeys): KeySet {
  let keys = keySetOf(readNow(path))
  let seen: string | undefined
  let lookedAt = 0
  const look = async () => {
    if (Date.now() - lookedAt < 1_000) return
    lookedAt = Date.now()
    try {
      const { mtimeMs, ino, size } = await stat(path)
      const state = [mtimeMs, ino, size].join()
      if (state === seen) return
      keys = keySetOf(await readFile(path, 'utf8'))
      seen = state
    } catch (fault) {
      // The file is missing or half written. The last keys stay in use until it can be read again.
      report(fault)
    }
  }
  return {
    async keyFor(header) {
      await look()
      return keys.keyFor(header)
    },
  }
}

function readNow(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new MachineKeysUnusable(`the file ${path} cannot be read`, { cause })
  }
}

/** Fetched on first use, again after five minutes, and for an unknown `kid`, but for that at most every 30 seconds. */
function remoteKeySet(url: string, report: ReportKeys): KeySet {
  const find = createRemoteJWKSet(new URL(url), {
    timeoutDuration: 5_000,
    cooldownDuration: 30_000,
    cacheMaxAge: 5 * 60_000,
    [customFetch]: async (address: string, init: RequestInit) => onlyUsableKeys(await fetch(address, init)),
  })
  return {
    async keyFor(header) {
      try {
        return await find(header)
      } catch (fault) {
        if (fault instanceof errors.JWKSNoMatchingKey || fault instanceof errors.JWKSMultipleMatchingKeys) throw fault
        report(fault)
        throw new Unavailable("The keys of the machines' issuer cannot be fetched at the moment; try again in a moment.")
      }
    },
  }
}

async function onlyUsableKeys(response: Response): Promise<Response> {
  if (response.status !== 200) return response
  return new Response(JSON.stringify(parseKeys(await response.text())), { status: 200 })
}
