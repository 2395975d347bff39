import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'

export interface MachineKey {
  readonly kid: string
  readonly publicJwk: JWK
  sign(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): Promise<string>
}

export const machine = { issuer: 'https://ci.example.org', audience: 'archive' } as const

/** A key of an issuer of machine tokens, as a CI system would have it. */
export async function machineKey(kid: string): Promise<MachineKey> {
  const { publicKey, privateKey } = await generateKeyPair('Ed25519', { extractable: true })
  const { kty = '', crv, x } = await exportJWK(publicKey)
  return {
    kid,
    publicJwk: { kty, ...(crv === undefined ? {} : { crv }), ...(x === undefined ? {} : { x }), kid },
    sign: (claims, header) => new SignJWT(machineClaims(claims)).setProtectedHeader({ alg: 'EdDSA', kid, ...header }).sign(privateKey),
  }
}

/** The claims of a valid machine token; `undefined` leaves a claim out. */
export function machineClaims(over: Readonly<Record<string, unknown>> = {}) {
  const now = Math.floor(Date.now() / 1000)
  return { iss: machine.issuer, aud: machine.audience, sub: 'repo:group/hooks', iat: now, exp: now + 300, scope: 'hooks:write', ...over }
}

export function keyDocument(...keys: readonly MachineKey[]): string {
  return JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) })
}

/** The settings of an archive that trusts these keys. */
export function machineSettings(...keys: readonly MachineKey[]) {
  return { STRATA_MACHINE_ISSUER: machine.issuer, STRATA_MACHINE_AUDIENCE: machine.audience, STRATA_MACHINE_JWKS: keyDocument(...keys) }
}
