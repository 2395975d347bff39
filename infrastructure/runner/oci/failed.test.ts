import { expect, test } from 'vitest'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import { EngineFault } from './engine/fault.ts'
import { failureOf } from './failed.ts'

const kindOf = (fault: ConstructorParameters<typeof EngineFault>[0]) => failureOf(new EngineFault(fault), '/e.sock').kind

test('what an engine refuses is told apart by who can mend it', () => {
  expect(kindOf({ message: 'connect EACCES', code: 'EACCES' })).toBe('PERMISSION')
  expect(kindOf({ message: 'connect ENOENT', code: 'ENOENT' })).toBe('RUNTIME')
  expect(kindOf({ message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' })).toBe('RUNTIME')
  expect(kindOf({ status: 500, message: 'no space left on device' })).toBe('RUNTIME')
  expect(kindOf({ status: 400, message: 'invalid mount config for type "bind": bind source path does not exist' })).toBe('RUNTIME')
  expect(kindOf({ status: 400, message: 'No command specified' })).toBe('CONFIG')
  expect(kindOf({ status: 400, message: 'OCI runtime create failed: exec: "/x": stat /x: no such file or directory' })).toBe('CONFIG')
  expect(failureOf(new AttemptFailed('IMAGE_PULL', 'x'), '/e.sock')).toEqual({ kind: 'IMAGE_PULL', message: 'x' })
})

test('so is what the operating system refuses', () => {
  const refused = (code: string) => failureOf(Object.assign(new Error(code), { code, syscall: 'chown' }), '/e.sock').kind
  expect(refused('EPERM')).toBe('PERMISSION')
  expect(refused('ENOSPC')).toBe('RUNTIME')
})

test('anything else is a bug and goes on', () => {
  expect(() => failureOf(new TypeError('x is undefined'), '/e.sock')).toThrow('x is undefined')
})
