/** The headers of a call to a subgraph in this process, which requires the secret as over HTTP. */
export function withSecret(headers: Readonly<Record<string, string>>, secret: string): Readonly<Record<string, string>> {
  return { ...headers, 'x-strata-gateway': secret }
}
