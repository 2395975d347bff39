import type { SourceFile } from './tree.ts'

/** The only module through which the gateway calls its services. */
const onward = 'gateway/onward/service.ts'

const networks = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'undici', 'axios', 'got', 'node-fetch', 'ws']

/** Matches `fetch` in every form, and other names that open connections, but not a property of another object or a longer name. */
const opening = /(?:(?<![\w.$])|\bglobalThis\s*(?:\.|\[.))(fetch|WebSocket|EventSource|XMLHttpRequest)\b(?!\w|:)/

/** Code elsewhere in the gateway or a subgraph that could open a connection, each as `file:line …`. Type imports are allowed. */
export function onwardBreaches({ path, text }: SourceFile): string[] {
  if (!/^(gateway|subgraphs)\//.test(path) || path.endsWith('.test.ts') || path === onward) return []
  return text.split('\n').flatMap((line, at) => {
    const code = line
      .replace(/\/\/.*$/, '')
      .replace(/^\s*(\/\*)?\*.*$/, '')
      .replace(/^\s*\/\*\*.*$/, '')
    const [, network] = /(?:from|import|require)\s*\(?\s*['"](?:node:)?([\w-]+)['"]/.exec(code) ?? []
    if (network !== undefined && networks.includes(network) && !/^\s*import type\b/.test(code))
      return [`${path}:${at + 1} imports ${network}: call services through ${onward}`]
    const [, call] = opening.exec(code.replaceAll(/(?<!\bglobalThis\[)(['"]).*?\1/g, "''")) ?? []
    return call === undefined ? [] : [`${path}:${at + 1} uses ${call}: call services through ${onward}`]
  })
}
