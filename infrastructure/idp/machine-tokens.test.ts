import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { Unavailable } from '@strata/domain/shared'
import { describe, expect, test } from 'vitest'
import { keyDocument, machine, machineClaims, machineKey } from '../../test/support/machine-issuer.ts'
import { temporaryDirectory } from '../../test/support/temporary-directory.ts'
import { openKeySet, type KeySource } from './key-set.ts'
import { machineTokens } from './machine-tokens.ts'

const [one, two] = await Promise.all([machineKey('one'), machineKey('two')])

function verifier(jwks: KeySource, scopeClaim = 'scope', report: (fault: unknown) => void = () => {}) {
  return machineTokens({ ...machine, scopeClaim, keys: openKeySet(jwks, report) })
}
const known = verifier({ kind: 'document', text: keyDocument(one) })

test('a machine is named by issuer and subject, so two issuers cannot name the same one', async () => {
  expect(await known.verify(await one.sign())).toEqual({
    kind: 'MACHINE',
    subject: 'https://ci.example.org#repo:group/hooks',
    scopes: ['hooks:write'],
  })
})

test.each([
  ['scope', 'hooks:write records:write', ['hooks:write', 'records:write']],
  ['scp', ['hooks:write', 'records:write', 7], ['hooks:write', 'records:write']],
  ['scp', undefined, []],
  ['toString', undefined, []],
])('scopes are read from the claim that was configured: %s', async (name, value, scopes) => {
  const { verify } = verifier({ kind: 'document', text: keyDocument(one) }, name)
  expect((await verify(await one.sign({ scope: undefined, [name]: value }))).scopes).toEqual(scopes)
})

test('with several keys, "kid" selects one, and a token without "kid" is refused', async () => {
  const both = verifier({ kind: 'document', text: keyDocument(one, two) })
  await expect(both.verify(await two.sign())).resolves.toMatchObject({ kind: 'MACHINE' })
  await expect(both.verify(await two.sign({}, { kid: 'one' }))).rejects.toThrow('it was not signed by')
  await expect(both.verify(await two.sign({}, { kid: undefined }))).rejects.toThrow('which key signed it')
})

test('keys in a token, and addresses of keys, are ignored', async () => {
  let asked = 0
  const server = createServer((_request, response) => void (asked++, response.end(keyDocument(two)))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
  for (const header of [{ jwk: two.publicJwk }, { jku: address }, { x5u: address }]) {
    await expect(known.verify(await two.sign({}, { ...header, kid: 'one' }))).rejects.toThrow('it was not signed by')
    await expect(known.verify(await two.sign({}, header))).rejects.toThrow('has the "kid"')
  }
  expect(asked).toBe(0)
  server.close()
})

describe('keys are renewed without a restart', () => {
  test('from a file, and the last good ones hold while it cannot be read', async () => {
    await using directory = await temporaryDirectory()
    const path = join(directory.path, 'keys.json')
    await writeFile(path, keyDocument(one))
    const faults: unknown[] = []
    const { verify } = verifier({ kind: 'file', path }, 'scope', (fault) => faults.push(fault))
    await verify(await one.sign())
    await writeFile(path, keyDocument(one).slice(0, 20))
    await sleep(1_050)
    await verify(await one.sign())
    expect(faults).toHaveLength(1)
    await writeFile(path, keyDocument(two))
    await sleep(1_050)
    await verify(await two.sign())
    await expect(verify(await one.sign())).rejects.toThrow('has the "kid"')
  })

  test('from an address, with a limit on fetches for unknown "kid"s', async () => {
    let [asked, document] = [0, keyDocument(one)]
    const server = createServer((_request, response) => void (asked++, response.end(document))).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
    const { verify } = verifier({ kind: 'address', url })
    await verify(await one.sign())
    document = keyDocument(one, two)
    for (let i = 0; i < 20; i++) await expect(verify(await two.sign({}, { kid: `made-up-${i}` }))).rejects.toThrow('has the "kid"')
    expect(asked).toBe(1)
    // The same issuer asked anew, as it is thirty seconds later.
    await verifier({ kind: 'address', url }).verify(await two.sign())
    expect(asked).toBe(2)
    server.close()
    await expect(verifier({ kind: 'address', url }).verify(await one.sign())).rejects.toThrow(Unavailable)
  })
})

describe('a key document is refused at start', () => {
  const open = (text: string) => () => openKeySet({ kind: 'document', text }, () => {})
  test('when it holds a private key, or two of one name', async () => {
    expect(open(JSON.stringify({ keys: [{ ...one.publicJwk, d: 'AAAA' }] }))).toThrow('private key')
    expect(open(keyDocument(one, one))).toThrow('the same "kid"')
  })
  test('when it holds no Ed25519 key', async () => {
    const { publicKey } = await generateKeyPair('RS256', { extractable: true })
    expect(open(JSON.stringify({ keys: [await exportJWK(publicKey)] }))).toThrow('no Ed25519 key')
    expect(open('{"keys": []}')).toThrow('no Ed25519 key')
    expect(() => openKeySet({ kind: 'file', path: '/nowhere/keys.json' }, () => {})).toThrow('cannot be read')
  })
})

test('other algorithms are refused even when the key document holds their keys', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const document = JSON.stringify({ keys: [one.publicJwk, { ...(await exportJWK(publicKey)), kid: 'es' }] })
  const token = await new SignJWT(machineClaims()).setProtectedHeader({ alg: 'ES256', kid: 'es' }).sign(privateKey)
  await expect(verifier({ kind: 'document', text: document }).verify(token)).rejects.toThrow('signed with an algorithm')
})
