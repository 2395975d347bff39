import type { SourceFile } from './tree.ts'

/** The only file that decides which caches may keep an answer. */
const deciding = 'infrastructure/http/caching.ts'

/** All other places where a server sets `cache-control`, each as `file:line …`. */
export function cachingBreaches({ path, text }: SourceFile): string[] {
  if (!/^(gateway|subgraphs|infrastructure\/http)\//.test(path) || path.endsWith('.test.ts') || path === deciding) return []
  return text
    .split('\n')
    .flatMap((line, at) =>
      /['"`]cache-control['"`]/i.test(line) ? [`${path}:${at + 1} says cache-control: say reply.goodFor(…), and ${deciding} decides`] : [],
    )
}
