import { parseRegistries } from '@strata/domain/registry'
import { expect, test } from 'vitest'
import { refuseRegistry } from './refuse-registry.ts'

const anyPublic = parseRegistries('*') ?? expect.unreachable()
const told = { told: { failure: { kind: 'CONFIG', message: expect.stringContaining('STRATA_OCI_REGISTRIES') } } }

test('a registry with a private name is refused without a look-up', async () => {
  const resolve = () => expect.unreachable()
  await expect(refuseRegistry(anyPublic, '169.254.169.254/latest', resolve)).rejects.toMatchObject(told)
})

test('a public name that resolves to a private address is refused, and the message does not name the address', async () => {
  const refused = await refuseRegistry(anyPublic, 'ghcr.io/lab/x', async () => ['140.82.112.33', '10.1.2.3']).catch(
    (error: unknown) => error,
  )
  expect(refused).toMatchObject(told)
  expect(refused).toMatchObject({ told: { detail: expect.stringContaining('10.1.2.3') } })
  expect(String(refused)).not.toContain('10.1.2.3')
})

test('a name that does not resolve is left to the engine', async () => {
  await expect(refuseRegistry(anyPublic, 'ghcr.io/lab/x', async () => [])).resolves.toBeUndefined()
})

test('a registry that the operator names may have any address', async () => {
  const named = parseRegistries('registry.lan:5000') ?? expect.unreachable()
  await expect(refuseRegistry(named, 'registry.lan:5000/x', async () => ['10.1.2.3'])).resolves.toBeUndefined()
})
