interface Admission {
  readonly deadline: { readonly milliseconds: number; readonly sentence: string }
  readonly isSafeToAbandon: boolean
}

/**
 * What the gateway sends was admitted there. It ends here, too, when it takes too long or when the gateway no longer waits; a
 * change is carried out even then. The gateway's own planner prints these operations, and begins each with what it is.
 */
export function admitFromGateway(deadlines: { readonly query: number; readonly mutation: number }) {
  return ({ query }: { readonly query?: string | undefined }): Admission => {
    const isQuery = query !== undefined && /^\s*(query\b|\{)/.test(query)
    const milliseconds = isQuery ? deadlines.query : deadlines.mutation
    return { isSafeToAbandon: isQuery, deadline: { milliseconds, sentence: `This took longer than ${milliseconds / 1000} s, which is the limit; ask for less at once.` } }
  }
}
