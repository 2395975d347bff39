import type { ApolloServerPlugin } from '@apollo/server'
import { turn } from '@strata/domain/shared'

/** Shaping and printing an answer are two synchronous steps, so other work runs in between. */
export const takeTurnToPrint: ApolloServerPlugin = {
  async requestDidStart() {
    return { willSendResponse: () => turn() }
  },
}
