import type { ApolloServerPlugin } from '@apollo/server'

/**
 * GraphQL over HTTP: a client that accepts only `application/json` may not read the body of a 4xx, so a well-formed request with
 * an invalid document or variables gets 200 there. All other clients, also those without an Accept header, get 400.
 */
export const statusByMediaType: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        if (response.http.status !== 400 || response.body.kind !== 'single') return
        if (typeof request.query === 'string' && acceptsOnlyPlainJson(request.http?.headers.get('accept'))) response.http.status = 200
      },
    }
  },
}

function acceptsOnlyPlainJson(accept: string | undefined): boolean {
  if (accept === undefined) return false
  return accept.split(',').every((range) => range.split(';', 1)[0]?.trim().toLowerCase() === 'application/json')
}
