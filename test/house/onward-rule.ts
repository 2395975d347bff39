import type { SourceFile } from './tree.ts'

/** The one module through which the gateway calls its services. */
const onward = 'gateway/onward/service.ts'

const networks = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'undici', 'axios', 'got', 'node-fetch', 'ws']

/** `fetch` however it is reached, and what else opens connections. A property of something else or a longer name is none. */
const opening = /(?:(?<![\w.$])|\bglobalThis\s*(?:\.|\[.))(fetch|WebSocket|EventSource|XMLHttpRequest)\b(?!\w|:)/

/** Whatever else in the gateway or a subgraph could call something, each as `file:line …`. Types of a library are free. */
export function onwardBreaches({ path, text }: SourceFile): string[] {
  if (!/^(gateway|subgraphs)\//.test(path) || path.endsWith('.test.ts') || path === onward) return []
  return text.split('\n').flatMap((line, at) => {
    const code = line.replace(/\/\/.*$/, '').replace(/^\s*(\/\*)?\*.*$/, '').replace(/^\s*\/\*\*.*$/, '')
    const [, network] = /(?:from|import|require)\s*\(?\s*['"](?:node:)?([\w-]+)['"]/.exec(code) ?? []
    if (network !== undefined && networks.includes(network) && !/^\s*import type\b/.test(code)) return [`${path}:${at + 1} imports ${network}: call services through ${onward}`]
    const [, call] = opening.exec(code.replaceAll(/(?<!\bglobalThis\[)(['"]).*?\1/g, "''")) ?? []
    return call === undefined ? [] : [`${path}:${at + 1} uses ${call}: call services through ${onward}`]
  })
}
