import { createInterface } from 'node:readline'
import { openEngine, type Engine } from './wasm-engine.ts'

/** JSON-RPC over stdin and stdout, one message a line, until stdin ends. */
export function serve(url: string | undefined): void {
  const answered = new Map<string, () => void>()
  let engine: Promise<Engine> | undefined
  let prints = 0

  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    if (line.trim() !== '') void handle(parseMessage(line))
  })
  lines.on('close', () => process.exit())

  async function handle(message: Message): Promise<void> {
    if (message.method === undefined) {
      answered.get(String(message.id))?.()
      return
    }
    try {
      engine ??= openEngine(url)
      const result = await (await engine).call(message.method, message.params)
      send({ jsonrpc: '2.0', id: message.id, result: await withoutText(message.method, result) })
    } catch (error) {
      send({ jsonrpc: '2.0', id: message.id, error: failure(error) })
    }
  }

  /** The native engine hands a diff's text over by a `print` call of its own; Prisma ignores it in the result. */
  async function withoutText(method: string, result: unknown): Promise<unknown> {
    if (method !== 'diff' || !hasText(result)) return result ?? null
    const id = `print-${++prints}`
    const acknowledged = new Promise<void>((resolve) => answered.set(id, resolve))
    send({ jsonrpc: '2.0', id, method: 'print', params: { content: result.stdout } })
    await acknowledged
    return { ...result, stdout: null }
  }
}

interface Message {
  readonly id: unknown
  readonly method: string | undefined
  readonly params: unknown
}

function parseMessage(line: string): Message {
  const { id, method, params } = JSON.parse(line) as { id: unknown; method?: unknown; params?: unknown }
  return { id, method: typeof method === 'string' ? method : undefined, params }
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

function hasText(result: unknown): result is { stdout: string } {
  return typeof result === 'object' && result !== null && 'stdout' in result && typeof result.stdout === 'string'
}

/** 4466 is the native engine's code for "a known error, with its particulars in `data`". */
function failure(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: 4466,
    message: 'An error happened. Check the data field for details.',
    data: { is_panic: false, message, meta: null, error_code: null },
  }
}
