import { expect, test } from 'vitest'
import { isPassingFault } from './passing-fault.ts'

const coded = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more })

test.each(['08006', '53100', '53300', '55P03', '57014', '57P01', '58030', '40001', '40P01'])('%s is transient', (code) => {
  expect(isPassingFault(coded(code))).toBe(true)
  expect(isPassingFault(new Error('a query failed', { cause: coded(code) }))).toBe(true)
})

test('network and disk errors are transient', () => {
  expect(isPassingFault(coded('ECONNREFUSED', { syscall: 'connect' }))).toBe(true)
  expect(isPassingFault(coded('ENOSPC', { syscall: 'write' }))).toBe(true)
  expect(isPassingFault(new Error('Connection terminated unexpectedly'))).toBe(true)
})

test.each(['54000', '22P05', '22021', '23505', '23514', '42601', 'P0001'])('%s is permanent', (code) => {
  expect(isPassingFault(coded(code))).toBe(false)
})

test('a bug is permanent', () => {
  expect(isPassingFault(new TypeError('x is undefined'))).toBe(false)
  expect(isPassingFault('text')).toBe(false)
})
