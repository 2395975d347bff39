import { expect, test } from 'vitest'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import { EngineFault } from './engine/fault.ts'
import { failureOf } from './failed.ts'

const kindOf = (fault: ConstructorParameters<typeof EngineFault>[0]) => failureOf(new EngineFault(fault), '/e.sock').failure.kind

test('what an engine refuses is told apart by who can mend it', () => {
  expect(kindOf({ message: 'connect EACCES', code: 'EACCES' })).toBe('PERMISSION')
  expect(kindOf({ message: 'connect ENOENT', code: 'ENOENT' })).toBe('RUNTIME')
  expect(kindOf({ message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' })).toBe('RUNTIME')
  expect(kindOf({ status: 500, message: 'no space left on device' })).toBe('RUNTIME')
  expect(kindOf({ status: 400, message: 'invalid mount config for type "bind": bind source path does not exist' })).toBe('RUNTIME')
  expect(kindOf({ status: 400, message: 'No command specified' })).toBe('CONFIG')
  expect(kindOf({ status: 400, message: 'OCI runtime create failed: exec: "/x": stat /x: no such file or directory' })).toBe('CONFIG')
  expect(failureOf(new AttemptFailed('IMAGE_PULL', 'x'), '/e.sock')).toEqual({ failure: { kind: 'IMAGE_PULL', message: 'x' } })
})

test('the failure has no path, no address and no text of the engine; the log has them', () => {
  const { failure, detail } = failureOf(
    new EngineFault({ status: 500, message: 'open /var/lib/secret: dial tcp 10.1.2.3:5000 said <html>' }),
    '/run/e.sock',
  )
  expect(failure).toEqual({ kind: 'RUNTIME', message: 'The container engine refused (HTTP 500).' })
  expect(detail).toBe('/run/e.sock: open /var/lib/secret: dial tcp 10.1.2.3:5000 said <html>')
  for (const code of ['EACCES', 'ENOENT'])
    expect(failureOf(new EngineFault({ message: 'connect /run/e.sock', code }), '/run/e.sock').failure.message).not.toContain('/run')
})

test('so is what the operating system refuses', () => {
  const refused = (code: string) => failureOf(Object.assign(new Error(code), { code, syscall: 'chown' }), '/e.sock').failure.kind
  expect(refused('EPERM')).toBe('PERMISSION')
  expect(refused('ENOSPC')).toBe('RUNTIME')
})

test('anything else is a bug and goes on', () => {
  expect(() => failureOf(new TypeError('x is undefined'), '/e.sock')).toThrow('x is undefined')
})
