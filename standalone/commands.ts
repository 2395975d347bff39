import type { Config } from '@strata/infrastructure/environment'

/** What `npm start -- NAME` does instead of starting a node. */
interface Command {
  /** Said in the list of commands. */
  readonly about: string
  /** The words after its name. */
  readonly usage: string
  /** What its own help says besides. */
  readonly more?: string
  run(config: Config, words: readonly string[]): Promise<void>
}

/** Every command by its name. A command's code is loaded when it runs. */
const commands: Readonly<Record<string, Command>> = {
  token: {
    about: 'Prints a new token. The node may be running.',
    usage: '--subject NAME [--role ROLE]… [--scope SCOPE]… [--days 30]',
    run: async (config, words) => (await import('./token-command.ts')).tokenCommand(config, words),
  },
  'sign-in': {
    about: 'Prints a new link that opens the running node in a browser as its operator, once.',
    usage: '',
    run: async (config, words) => (await import('./sign-in-command.ts')).signInCommand(config, words),
  },
  verify: {
    about: 'Checks everything that the archive keeps. It may run beside a running node.',
    usage: '[--sample 1% | --sample 1000] [--restart] [--json]',
    more: `Checks rows against their runs, outcomes and kept files, live pointers against their log, files against their digests.
Progress goes to standard error, the report to standard output. Interrupted, it goes on where it stopped when it is
started again with the same --sample.

  --sample   look at a part of the records, runs and files, or at so many of each
  --restart  start over
  --json     print the report as JSON

Exit codes: 0 nothing was found, 1 something was found, 2 it could not be carried out or was interrupted.`,
    run: async (config, words) => (await import('./verify-command.ts')).verifyCommand(config, words),
  },
}

/** The words of the command line cannot be understood; exit code 2. */
export class WrongUsage extends Error {
  readonly exitCode = 2
  constructor(message: string) {
    super(message)
    this.name = 'WrongUsage'
  }
}

/** The command that these words name; `help` when they ask for help; undefined when there are none: then a node starts. */
export function commandOf(
  words: readonly string[],
): { readonly help: string } | { readonly run: (config: Config) => Promise<void> } | undefined {
  const [name, ...rest] = words
  if (name === undefined) return undefined
  if (helpWords.has(name)) return { help: overview() }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw new WrongUsage(`"${name}" is not a command.\n\n${overview()}`)
  if (rest.some((word) => helpWords.has(word)))
    return { help: [command.about, `  ${usageOf(name, command)}`, ...(command.more === undefined ? [] : [command.more])].join('\n\n') }
  return { run: (config) => runWith(name, command, config, rest) }
}

const helpWords = new Set(['--help', '-h', 'help'])

async function runWith(name: string, command: Command, config: Config, words: readonly string[]): Promise<void> {
  try {
    await command.run(config, words)
  } catch (fault) {
    if (!isUsageFault(fault)) throw fault
    throw new WrongUsage(`${fault.message}\n\n  ${usageOf(name, command)}`)
  }
}

/** `parseArgs` refuses words that a command does not have. */
function isUsageFault(fault: unknown): fault is Error {
  return fault instanceof Error && 'code' in fault && String(fault.code).startsWith('ERR_PARSE_ARGS')
}

function usageOf(name: string, { usage }: Command): string {
  return `npm start -- ${name} ${usage}`.trimEnd()
}

function overview(): string {
  const lines = Object.entries(commands).map(([name, command]) => `  ${usageOf(name, command)}\n      ${command.about}\n`)
  return `  npm start\n      Starts an archive node; Ctrl-C stops it. Settings are environment variables, listed in docs/configuration.md.\n${lines.join('')}`
}
