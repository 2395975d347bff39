/** The answer of a GraphQL server. `data` has the shape of the query; tests compare it as a whole. */
interface Answer {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows the shape of its query
  readonly data: any
  readonly errors: readonly AnswerError[]
}

interface AnswerError {
  readonly message: string
  readonly extensions: { readonly code: string; readonly field?: string }
}

export type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answer>

export function graphqlClient(url: string, token?: string): Ask {
  return async (query, variables) => {
    const response = await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    })
    const body = (await response.json()) as { data?: unknown; errors?: AnswerError[] }
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] }
  }
}
