import type { ApolloServerPlugin } from '@apollo/server'

/** An answer that was refused in part because its caller asks too much at once says when to try again, where HTTP clients look for it. */
export const retryAfter: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single') return
        let seconds = 0
        for (const { extensions } of response.body.singleResult.errors ?? []) {
          const wait = extensions?.['retryAfterSeconds']
          if (typeof wait === 'number') seconds = Math.max(seconds, wait)
        }
        if (seconds > 0) response.http.headers.set('retry-after', String(seconds))
      },
    }
  },
}
