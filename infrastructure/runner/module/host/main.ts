import { closeSync, existsSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import nodeProcess from 'node:process'
import { lockDown } from './lock-down.ts'
import { recordFiles } from './record-files.ts'
import { describe, openResults, OutputFailed } from './write-results.ts'

/**
 * The program around a module hook: reads and writes the same files as a container would. It runs in one process with
 * the hook, so nothing it says is trusted; the walls stand outside. What the host itself needs is taken before the hook
 * is loaded, so that a hook that rewrites its globals harms its own results alone.
 */
const { OSA_IN = '', OSA_OUT = '', OSA_FILES = '' } = nodeProcess.env
const { parse, stringify } = JSON
const now = performance.now.bind(performance)
const exit = nodeProcess.exit.bind(nodeProcess)
const hookUrl = new URL('../hook.mjs', import.meta.url).href
const results = openResults(OSA_OUT)
const configPath = join(OSA_IN, 'config.json')
const configText = existsSync(configPath) ? readFileSync(configPath, 'utf8') : '{}'

/** Exits of the host itself; the runner knows them. Zero is only for a host that reached its end. */
let exitCode = 86
let working = 'before its first record'
nodeProcess.on('exit', (code) => {
  if (exitCode === 86) report('HOOK_EXIT', `${endings[code] ?? 'The hook ended its process'} ${working}.`)
  nodeProcess.exitCode = exitCode
})

/** What Node's own codes mean. */
const endings: Readonly<Record<number, string>> = {
  1: 'The hook threw an error that nobody caught (an event or a promise it did not wait for),',
  13: 'The hook waits for something that never comes,',
}

lockDown(hookUrl)
const hook = await load()
await work(hook)
exitCode = 0
exit(0)

type Hook = (input: object) => unknown

async function load(): Promise<Hook> {
  try {
    const loaded: { default?: unknown } = await import(hookUrl)
    const found = loaded.default
    if (isHook(found)) return found
  } catch (error) {
    return giveUp(`The module could not be loaded: ${describe(error)}.`)
  }
  return giveUp('The module has no function as its default export. Write `export default async function hook({ record, files, config, reject }) { … }`.')
}

function isHook(found: unknown): found is Hook {
  return typeof found === 'function'
}

async function work(run: Hook): Promise<void> {
  let count = 0
  let told = now()
  for (const line of lines(join(OSA_IN, 'records.jsonl'))) {
    const record: { id: string } = parse(line)
    working = `at the record ${record.id}`
    await compute(run, record)
    count += 1
    if (now() - told > 1000) {
      told = now()
      results.progress('running', `${count} records`)
    }
  }
  results.progress('done', `${count} records`)
}

/** Each record gets its own config: what one hook call changes in it, the next does not see. */
async function compute(run: Hook, record: { id: string }): Promise<void> {
  const { id } = record
  let rejected: { reason: string } | undefined
  const reject = (reason: unknown) => {
    if (typeof reason !== 'string' || reason === '') throw new TypeError('reject needs a reason that the record’s owner can act on')
    rejected ??= { reason }
  }
  try {
    const rows = await run({ record, files: recordFiles(OSA_FILES, id), config: parse(configText), reject })
    if (rejected) return results.rejection(id, rejected.reason)
    if (rows !== undefined && rows !== null && typeof rows !== 'object') throw new TypeError(`the hook returned ${typeof rows}, not rows`)
    results.features(id, rows ?? [])
  } catch (error) {
    if (error instanceof OutputFailed) throw error
    results.error(id, error)
  }
}

function giveUp(message: string): never {
  report('CONFIG', message)
  exitCode = 87
  return exit(87)
}

/** To the runner, on a pipe of its own; and to whoever reads the log. */
function report(kind: 'CONFIG' | 'HOOK_EXIT', message: string): void {
  writeSync(2, `${message}\n`)
  writeSync(3, `${stringify({ kind, message: message.slice(0, 3000) })}\n`)
}

function* lines(path: string): Generator<string> {
  const fd = openSync(path, 'r')
  const chunk = Buffer.allocUnsafe(256 * 1024)
  let rest: Buffer = Buffer.alloc(0)
  try {
    for (;;) {
      const length = readSync(fd, chunk, 0, chunk.length, null)
      if (length === 0) break
      rest = Buffer.concat([rest, chunk.subarray(0, length)])
      let from = 0
      for (let to = rest.indexOf(10); to !== -1; to = rest.indexOf(10, from)) {
        yield rest.toString('utf8', from, to)
        from = to + 1
      }
      rest = rest.subarray(from)
    }
  } finally {
    closeSync(fd)
  }
}
