import { describe, expect, test } from 'vitest'
import { Forbidden, Unauthenticated } from '@strata/domain/shared'
import { anonymous, changeOf, parseScope, passGate, requireRole, type GatedUseCase, type Principal } from './index.ts'

const machine = (...scopes: string[]): Principal => ({ kind: 'MACHINE', subject: 'https://ci.example.org#a', scopes })
const on = (hook: string) => ({ input: { hook } })
const deploy = (...hooks: string[]) => ({ input: { slug: 'proteins', hooks: hooks.map((name) => ({ name })) } })

const passes = (principal: Principal, useCase: GatedUseCase, args?: unknown) => {
  try {
    return passGate(principal, useCase, args) === principal
  } catch (refusal) {
    if (refusal instanceof Forbidden) return false
    throw refusal
  }
}

describe('a narrowed scope', () => {
  const narrow = machine('hooks:write:find_pockets')

  test('passes only for its own name', () => {
    expect(passes(narrow, 'setLive', on('find_pockets'))).toBe(true)
    const others = ['find_pocket', 'find_pockets2', 'FIND_POCKETS', ' find_pockets', '', '*', 'find_pockets:x']
    expect(others.filter((hook) => passes(narrow, 'setLive', on(hook)))).toEqual([])
  })

  test('does not pass for a call without a name, or for another kind of thing', () => {
    expect(passes(narrow, 'setLive')).toBe(false)
    expect(passes(narrow, 'setLive', { input: { hook: ['find_pockets'] } })).toBe(false)
    expect(passes(narrow, 'publishRecords', { input: { convention: 'find_pockets', hook: 'find_pockets' } })).toBe(false)
    expect(passes(narrow, 'createToken', on('find_pockets'))).toBe(false)
  })

  test('has no wildcards and no empty name', () => {
    for (const scope of ['hooks:write:*', 'hooks:write:', 'hooks:*', '*', 'hooks'])
      expect(passes(machine(scope), 'setLive', on('find_pockets'))).toBe(false)
  })

  test('is not reported as missing if the caller has the whole scope', () => {
    expect(passes(machine('hooks:write'), 'setLive', on('anything'))).toBe(true)
    expect(passes(machine('hooks:write'), 'setLive')).toBe(true)
  })
})

test('a caller who may deploy one convention may not move hooks of others through it', () => {
  expect(passes(machine('conventions:write'), 'deploy', deploy('a'))).toBe(true)
  const narrow = machine('conventions:write:proteins')
  expect(passes(narrow, 'deploy', deploy())).toBe(true)
  expect(passes(narrow, 'deploy', deploy('a'))).toBe(false)
  const withA = machine('conventions:write:proteins', 'hooks:write:a')
  expect(passes(withA, 'deploy', deploy('a'))).toBe(true)
  expect(passes(withA, 'deploy', deploy('a', 'b'))).toBe(false)
  expect(() => passGate(withA, 'deploy', deploy('a', 'b'))).toThrow('conventions:write:proteins with hooks:write:a with hooks:write:b')
  expect(passes(machine('conventions:write:proteins', 'hooks:write'), 'deploy', deploy('a', 'b'))).toBe(true)
})

test('only people have roles, and each role includes the ones before', () => {
  const user = (role: 'DEPOSITOR' | 'CURATOR' | 'ADMIN'): Principal => ({ kind: 'USER', subject: 'ada', roles: [role], scopes: [] })
  expect(requireRole(user('CURATOR'), 'DEPOSITOR', 'a read')).toMatchObject({ subject: 'ada' })
  expect(() => requireRole(user('DEPOSITOR'), 'CURATOR', 'a read')).toThrow(Forbidden)
  expect(passes(user('ADMIN'), 'createToken')).toBe(true)
  expect(passes(user('CURATOR'), 'setLive', on('a'))).toBe(false)
  expect(() => requireRole(machine('ADMIN', 'hooks:write'), 'ADMIN', 'auditLog')).toThrow(Forbidden)
  expect(() => requireRole(anonymous, 'ADMIN', 'auditLog')).toThrow(Unauthenticated)
})

test('a scope that no gate accepts is not granted', () => {
  for (const scope of ['hooks:write', 'hooks:write:find_pockets', 'conventions:write:my-proteins'])
    expect(parseScope(scope, 'f')).toBe(scope)
  for (const scope of [
    'hooks',
    'hook:write',
    'hooks:read',
    'hooks:write:',
    'hooks:write:*',
    'hooks:write:a:b',
    'hooks:write:A',
    'hooks:write ',
  ]) {
    expect(() => parseScope(scope, 'f'), scope).toThrow('is not a scope')
  }
})

test('a change names its targets; a dry run is not a change', () => {
  expect(changeOf('setLive', on('a'), 'user:ada')).toEqual({ operation: 'setLive', actor: 'user:ada', targets: ['hook:a'] })
  expect(changeOf('deploy', { input: { slug: 'proteins', dryRun: true } }, 'user:ada')).toBeUndefined()
})
