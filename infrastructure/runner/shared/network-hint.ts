import type { ProgramKind } from '@strata/domain/run'

/** What programs say when they find no network: Node, Python, R, Go, curl and the C library. */
const networkFault =
  /fetch failed|\b(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED)\b|getaddrinfo|name resolution|name or service not known|could not resolve host|no such host|network is unreachable|failed to establish a new connection|urlopen error|may not import "(?:node:)?(?:https?|http2|net|tls|dns|dgram|undici)|(?:WebSocket|EventSource|XMLHttpRequest) is not defined/i

const explanations: { readonly [Kind in ProgramKind]: string } = {
  hook: 'Hooks have no network: what a hook needs has to be in its record, its files, its config or its image.',
  ingester: 'This ingester may not reach the network: no hosts are allowed.',
}

/** A program’s own words; with an explanation when they are about the network, which reads like an outage and is none. */
export function explainNetwork(kind: ProgramKind, words: string): string {
  return networkFault.test(words) ? `${words}${/[.!?]\s*$/.test(words) ? '' : '.'} ${explanations[kind]}` : words
}
