import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** `standalone/main.ts` as a process of its own, as `npm start` runs it. */
export interface RunningNode extends AsyncDisposable {
  readonly process: ChildProcess
  /** Everything it wrote so far. */
  output(): string
  /** Resolves when it has written this; rejects when it ends without. */
  wrote(text: string): Promise<void>
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

// The test command sets it, as `npm start` does. It takes a fifth off the processor time of a start.
const compiled = process.env['NODE_COMPILE_CACHE']

export function startNodeProcess(dataDir: string, settings: Record<string, string> = {}, words: readonly string[] = []): RunningNode {
  const child = spawn(process.execPath, [join(root, 'standalone/main.ts'), ...words], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      ...(compiled && { NODE_COMPILE_CACHE: compiled }),
      STRATA_PORT: '0',
      STRATA_DATA_DIR: dataDir,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  const hearing = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      written += chunk.toString()
      for (const heard of hearing) heard()
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals)
  return {
    process: child,
    output: () => written,
    ended,
    wrote(text) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (!written.includes(text)) return
          hearing.delete(look)
          resolve()
        }
        hearing.add(look)
        look()
        void ended.then((how) => reject(new Error(`the node ended (${how}) before it wrote "${text}":\n${written}`)))
      })
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT')
      await ended
    },
  }
}

export function credentialsIn(dataDir: string): { url: string; token: string } {
  return JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8'))
}
