import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'

/** What a module process executes: our host, without its types so that it starts fast, and the program beside it. */
const hostFiles = [
  'allowed-modules',
  'answer',
  'answer-batch',
  'channel',
  'frame-kinds',
  'hook',
  'ingester',
  'json-text',
  'load-program',
  'lock-down',
  'quiet-console',
  'record-files',
]

export type HostProgram = ReadonlyMap<string, string>

export async function loadHost(): Promise<HostProgram> {
  const files = await Promise.all(
    hostFiles.map(async (name) => {
      const typed = await readFile(join(import.meta.dirname, 'host', `${name}.ts`), 'utf8')
      return [`${name}.mjs`, withoutTypes(typed).replaceAll(/(from '\.\/[a-z-]+)\.ts'/g, "$1.mjs'")] as const
    }),
  )
  return new Map(files)
}

/**
 * Node strips types itself when it runs a file, but again in each process: 18 MB and 60 ms for every attempt. The function
 * warns that its interface may change; Node's version is pinned, and an operator cannot act on that warning.
 */
function withoutTypes(typed: string): string {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(typed)
  } finally {
    process.emitWarning = emitWarning
  }
}

/** Readable to the program's user whatever the worker's umask; writable only to the worker. */
export async function writeProgram(dir: string, host: HostProgram, source: string): Promise<void> {
  await mkdir(join(dir, 'host'), { recursive: true })
  const files = [...[...host].map(([name, text]) => [join('host', name), text] as const), ['program.mjs', source] as const]
  for (const [name, text] of files) {
    await writeFile(join(dir, name), text, { flag: 'wx' })
    await chmod(join(dir, name), 0o644)
  }
  await chmod(join(dir, 'host'), 0o755)
  await chmod(dir, 0o755)
}
