import { bytesAnswer, inQuery, jsonAnswer, readable, refused, type Paths } from './parts.ts'

const query = { query: { type: 'string' }, operationName: { type: 'string' }, variables: { type: 'object' } }

export const servicePaths: Paths = {
  '/graphql': {
    get: {
      operationId: 'queryByAddress',
      tags: ['service'],
      summary: 'A query in the address; to browsers, a page to ask from.',
      parameters: [
        inQuery('query', 'The document.'),
        inQuery('operationName', 'Which of its operations.'),
        inQuery('variables', 'As JSON.'),
      ],
      responses: {
        200: bytesAnswer('The answer, or the page.', 'application/graphql-response+json', 'application/json', 'text/html'),
        400: refused,
        401: refused,
      },
    },
    post: {
      operationId: 'query',
      tags: ['service'],
      summary: 'GraphQL: everything that an archive can be asked, and every change.',
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
      summary: 'From a one-time link to a session. Only where the node is not public.',
      parameters: [inQuery('code', 'From the link.')],
      responses: {
        303: { description: 'Signed in.' },
        401: { description: 'A page: the link was used already or is too old.', content: { 'text/html': { schema: { type: 'string' } } } },
      },
    },
  },
  '/sign-out': {
    post: { operationId: 'signOut', tags: ['service'], summary: 'Ends the session.', responses: { 204: { description: 'Signed out.' } } },
  },
  '/healthz': readable('isAlive', { tag: 'service', summary: 'Whether the process answers.', responses: { 200: jsonAnswer('It does.') } }),
  '/readyz': readable('isReady', {
    tag: 'service',
    summary: 'Whether everything behind it can serve.',
    responses: { 200: jsonAnswer('It can.'), 503: jsonAnswer('Not yet.') },
  }),
  '/openapi.json': readable('describeApi', {
    tag: 'service',
    summary: 'This page.',
    responses: { 200: jsonAnswer('OpenAPI 3.1.'), 401: refused },
  }),
}
