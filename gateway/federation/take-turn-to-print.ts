import type { ApolloServerPlugin } from '@apollo/server'
import { turn } from '@strata/domain/shared'

/** An answer is made into text in one piece, right after it was shaped in one; others go in between. */
export const takeTurnToPrint: ApolloServerPlugin = {
  async requestDidStart() {
    return { willSendResponse: () => turn() }
  },
}
