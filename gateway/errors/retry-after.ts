import type { ApolloServerPlugin } from '@apollo/server'

/** Sets the `Retry-After` header when part of an operation was refused because of its caller's load, because HTTP clients expect it there. */
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
