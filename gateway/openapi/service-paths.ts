import { bytesAnswer, inQuery, jsonAnswer, readable, refused, type Paths } from './parts.ts'

const query = { query: { type: 'string' }, operationName: { type: 'string' }, variables: { type: 'object' } }

export const servicePaths: Paths = {
  '/graphql': {
    get: {
      operationId: 'queryByAddress',
      tags: ['service'],
      summary: 'Runs a query from the address; for browsers, the explorer page.',
      parameters: [inQuery('query', 'The document.'), inQuery('operationName', 'The operation to run.'), inQuery('variables', 'As JSON.')],
      responses: {
        200: bytesAnswer('The answer, or the explorer page.', 'application/graphql-response+json', 'application/json', 'text/html'),
        400: refused,
        401: refused,
      },
    },
    post: {
      operationId: 'query',
      tags: ['service'],
      summary: 'GraphQL: queries and mutations.',
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: query } } } },
      responses: {
        200: bytesAnswer('The answer.', 'application/graphql-response+json', 'application/json'),
        400: refused,
        401: refused,
        413: refused,
      },
    },
  },
  '/sign-in': {
    get: {
      operationId: 'signIn',
      tags: ['service'],
      summary: 'Exchanges a one-time link for a session. Only on a node that is not public.',
      parameters: [inQuery('code', 'The code in the link.')],
      responses: {
        303: { description: 'Signed in.' },
        401: { description: 'A page: the link has been used or has expired.', content: { 'text/html': { schema: { type: 'string' } } } },
      },
    },
  },
  '/sign-out': {
    post: { operationId: 'signOut', tags: ['service'], summary: 'Ends the session.', responses: { 204: { description: 'Signed out.' } } },
  },
  '/healthz': readable('isAlive', {
    tag: 'service',
    summary: 'Whether the process answers.',
    responses: { 200: jsonAnswer('It answers.') },
  }),
  '/readyz': readable('isReady', {
    tag: 'service',
    summary: 'Whether all parts are ready.',
    responses: { 200: jsonAnswer('It can.'), 503: jsonAnswer('Not yet.') },
  }),
  '/openapi.json': readable('describeApi', {
    tag: 'service',
    summary: 'This page.',
    responses: { 200: jsonAnswer('OpenAPI 3.1.'), 401: refused },
  }),
}
