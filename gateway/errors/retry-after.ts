import type { ApolloServerPlugin } from '@apollo/server'

/** An answer that was refused in part because its caller asks too much at once says when to try again, where HTTP clients look for it. */
export const retryAfter: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single') return
        const seconds = response.body.singleResult.errors?.map(({ extensions }) => extensions?.['retryAfterSeconds']).filter((one) => typeof one === 'number')
        if (seconds !== undefined && seconds.length > 0) response.http.headers.set('retry-after', String(Math.max(...seconds)))
      },
    }
  },
}
