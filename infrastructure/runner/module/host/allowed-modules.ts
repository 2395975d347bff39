/** What a module may import: computation alone, nothing that reaches files, processes, the network or the loader. */
export const allowedModules: readonly string[] = [
  'node:assert', 'node:assert/strict', 'node:buffer', 'node:crypto', 'node:events', 'node:path', 'node:path/posix', 'node:punycode',
  'node:querystring', 'node:stream', 'node:stream/consumers', 'node:stream/promises', 'node:stream/web', 'node:string_decoder',
  'node:timers', 'node:timers/promises', 'node:url', 'node:util', 'node:util/types', 'node:zlib',
]
