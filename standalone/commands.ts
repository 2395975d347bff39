import type { Config } from '@strata/infrastructure/environment'

/** What `npm start -- NAME` runs instead of a node. */
interface Command {
  /** The description in the list of commands. */
  readonly about: string
  /** The arguments after its name. */
  readonly usage: string
  /** More text for its own help. */
  readonly more?: string
  run(config: Config, words: readonly string[]): Promise<void>
}

/** All commands by name. A command's code is loaded when it runs. */
const commands: Readonly<Record<string, Command>> = {
  token: {
    about: 'Prints a new token. The node may be running.',
    usage: '--subject NAME [--role ROLE]… [--scope SCOPE]… [--days 30]',
    run: async (config, words) => (await import('./token-command.ts')).tokenCommand(config, words),
  },
  'sign-in': {
    about: 'Prints a new one-time link that signs the operator in to the running node.',
    usage: '',
    run: async (config, words) => (await import('./sign-in-command.ts')).signInCommand(config, words),
  },
  verify: {
    about: 'Verifies all data of the archive. A node may be running.',
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

/** The command line is invalid; exit code 2. */
export class WrongUsage extends Error {
  readonly exitCode = 2
  constructor(message: string) {
    super(message)
    this.name = 'WrongUsage'
  }
}

/** The command in these arguments; `help` when help is requested; undefined without arguments, to start a node. */
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

/** `parseArgs` refuses arguments that a command does not have. */
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
