import { runSubcommand } from './subcommand.ts'
import { serve } from './rpc-server.ts'

/** A stand-in for Prisma's schema engine: the same command line and the same JSON-RPC, driving its WebAssembly build. */
const { flags, words } = readArguments(process.argv.slice(2))
const url = databaseUrl(flags.get('--datasource'))

if (flags.has('--version')) console.log('schema-engine-wasm')
else if (words[0] === 'cli') process.exitCode = await runSubcommand(words[1], url)
else serve(url)

/** The flags may stand before or after a word; all but `--version` take a value. */
function readArguments(given: readonly string[]): { flags: Map<string, string>; words: string[] } {
  const flags = new Map<string, string>()
  const words: string[] = []
  for (let i = 0; i < given.length; i++) {
    const word = given[i] ?? ''
    if (!word.startsWith('-')) words.push(word)
    else flags.set(word, word === '--version' ? '' : (given[++i] ?? ''))
  }
  return { flags, words }
}

function databaseUrl(datasource: string | undefined): string | undefined {
  if (datasource === undefined) return undefined
  const parsed: unknown = JSON.parse(datasource)
  if (typeof parsed !== 'object' || parsed === null || !('url' in parsed)) return undefined
  return typeof parsed.url === 'string' && parsed.url !== '' ? parsed.url : undefined
}
