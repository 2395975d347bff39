import { ConfigError, loadConfig } from '@strata/infrastructure/environment'
import { commandOf, WrongUsage } from './commands.ts'

const expectedFaults = new Set([
  'DataDirectoryInUse',
  'SecretDamaged',
  'DomainChanged',
  'DatabaseSetupError',
  'DatabaseLost',
  'QueueAway',
  'MachineKeysUnusable',
  'BadUserInput',
  'CannotListen',
  'EngineMissing',
  'NoSignIn',
  'WrongUsage',
])

/** The entry point of `npm start` and of the container image. STRATA_ROLE selects the part of an archive. */
async function main(): Promise<void> {
  const command = commandOf(process.argv.slice(2))
  if (command !== undefined && 'help' in command) return void process.stdout.write(`${command.help}\n`)
  const config = loadConfig(process.env)
  if (command !== undefined) return command.run(config)
  switch (config.role) {
    case 'node':
      return (await import('./run-node.ts')).runNode(config)
    case 'gateway':
      return (await import('@strata/gateway')).runGateway(config)
    case 'worker':
      return (await import('@strata/workers')).runWorker(config)
    case 'conventions':
    case 'registry':
    case 'records':
    case 'data':
      return (await import('@strata/subgraphs')).runSubgraph(config.role, config)
    default:
      config.role satisfies never
  }
}

main()
  .catch((fault: unknown) => {
    process.stderr.write(`\n${explain(fault)}\n`)
    process.exitCode = fault instanceof WrongUsage ? fault.exitCode : 1
  })
  // Parts that did not close in time, or that a failed start left open, must not keep the process alive.
  .finally(() => setTimeout(() => process.exit(), 1_000).unref())

/** Faults that the operator can correct are printed as sentences; any other error is a bug and printed with its stack. */
function explain(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  if ('code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT')) {
    return `The disk is full, so the archive cannot start. Free some space, or move the data and set STRATA_DATA_DIR. (${fault.message})`
  }
  const expected = fault instanceof ConfigError || expectedFaults.has(fault.name)
  return expected ? fault.message : (fault.stack ?? fault.message)
}
