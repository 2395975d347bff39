import type { JSONWebKeySet, JWK } from 'jose'

/** A fault for the operator to correct, reported at start without a stack. */
export class MachineKeysUnusable extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`STRATA_MACHINE_JWKS cannot be used: ${why}. It should be a JWKS document with at least one public Ed25519 key.`, options)
    this.name = 'MachineKeysUnusable'
  }
}

/** The Ed25519 keys of a JWKS document. Keys of other types are ignored. */
export function parseKeys(text: string): JSONWebKeySet {
  const keys = keysIn(text).filter((key) => key.kty === 'OKP' && key.crv === 'Ed25519')
  if (keys.length === 0) throw new MachineKeysUnusable('it holds no Ed25519 key')
  if (keys.some((key) => key.d !== undefined)) throw new MachineKeysUnusable('it holds a private key, which only the issuer should have')
  const kids = keys.map(({ kid }) => kid)
  if (new Set(kids).size < kids.length) throw new MachineKeysUnusable('two of its keys have the same "kid", or none')
  if (keys.some(({ x }) => typeof x !== 'string' || Buffer.from(x, 'base64url').length !== 32)) {
    throw new MachineKeysUnusable('a key has no "x" of 32 bytes')
  }
  // Copies only the members of a public key.
  return {
    keys: keys.map(({ kid, x }) => ({
      kty: 'OKP',
      crv: 'Ed25519',
      use: 'sig',
      ...(kid === undefined ? {} : { kid }),
      ...(x === undefined ? {} : { x }),
    })),
  }
}

function keysIn(text: string): readonly JWK[] {
  const document = jsonOf(text)
  const keys = typeof document === 'object' && document !== null && 'keys' in document ? document.keys : undefined
  if (!Array.isArray(keys)) throw new MachineKeysUnusable('it has no list "keys"')
  return keys.filter((key): key is JWK => typeof key === 'object' && key !== null)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new MachineKeysUnusable('it is not JSON', { cause })
  }
}
