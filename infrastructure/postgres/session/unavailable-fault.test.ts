import { expect, test } from 'vitest'
import { unavailableFault } from './unavailable-fault.ts'

const coded = (code: string) => Object.assign(new Error('x'), { code })

test.each(['P1001', 'P1017', '57P01', '57P02', '57P03', '08006', '53300', 'ECONNREFUSED', 'ECONNRESET'])(
  '%s says that the database is away',
  (code) => {
    for (const error of [
      coded(code),
      new Error('wrapped', { cause: coded(code) }),
      Object.assign(new Error('x'), { meta: { driverAdapterError: new Error('x', { cause: { originalCode: code } }) } }),
    ]) {
      expect(unavailableFault(error)).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('cannot reach its database') })
    }
  },
)

test('so does a connection that ended', () => {
  expect(unavailableFault(new Error('Connection terminated unexpectedly'))).toMatchObject({ code: 'UNAVAILABLE' })
})

test.each(['53100', 'ENOSPC'])('%s says that the disk is full', (code) => {
  expect(unavailableFault(coded(code))).toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('disk of this archive is full'),
  })
})

test('a bug is none, nor what a caller did wrong', () => {
  for (const fault of [new TypeError('x is undefined'), coded('23505'), coded('42601'), 'text', undefined])
    expect(unavailableFault(fault)).toBeUndefined()
})
