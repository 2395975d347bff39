import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { clientErrors, type ErrorReport } from './client-error.ts'

function told(extensions: Record<string, unknown>, message = 'select * from secrets failed') {
  const reports: ErrorReport[] = []
  const format = clientErrors({ requestId: () => 'req-12345', report: (fault) => void reports.push(fault), enumValues: () => [] })
  const cause = new Error(message)
  const error = format({ message, extensions, path: ['a', 0] }, new GraphQLError(message, { originalError: cause }))
  return { error, reports, cause }
}

test.each([[undefined], ['INTERNAL_SERVER_ERROR'], ['DOWNSTREAM_SERVICE_ERROR'], ['23505'], ['toString'], ['INTERNAL']])(
  'the code %s is INTERNAL for a client, and reported with its cause',
  (code) => {
    const { error, reports, cause } = told({ code, stacktrace: ['at /srv/db.ts'], exception: {}, sql: 'select' })
    expect(error).toEqual({
      message: 'The archive had an internal error; quote request req-12345.',
      path: ['a', 0],
      extensions: { code: 'INTERNAL', requestId: 'req-12345' },
    })
    expect(reports).toEqual([{ requestId: 'req-12345', subgraph: undefined, path: 'a.0', err: cause }])
  },
)

test('a documented code passes with its field, and no other extension does', () => {
  const extensions = { code: 'CONFLICT', field: 'slug', serviceName: 'records', stacktrace: [], hint: 'x' }
  const { error, reports } = told(extensions, 'That slug is taken.')
  expect(error).toEqual({
    message: 'That slug is taken.',
    path: ['a', 0],
    extensions: { code: 'CONFLICT', field: 'slug', requestId: 'req-12345' },
  })
  expect(reports).toEqual([])
})

test('an error of Apollo about a bad request becomes BAD_USER_INPUT, unless it comes from a subgraph', () => {
  expect(told({ code: 'GRAPHQL_VALIDATION_FAILED' }).error.extensions?.['code']).toBe('BAD_USER_INPUT')
  expect(told({ code: 'GRAPHQL_VALIDATION_FAILED', serviceName: 'data' }).error.extensions?.['code']).toBe('INTERNAL')
})
