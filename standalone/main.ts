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

/** What `npm start` and the container image run: STRATA_ROLE says which part of an archive this process is. */
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
  // What did not close in time, or was left open by a failed start, must not keep the process alive.
  .finally(() => setTimeout(() => process.exit(), 1_000).unref())

/** Faults that are the operator's to mend are sentences; anything else is a bug and shows where it happened. */
function explain(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  if ('code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT')) {
    return `The disk is full, so the archive cannot start. Free some space, or move the data and set STRATA_DATA_DIR. (${fault.message})`
  }
  const expected = fault instanceof ConfigError || expectedFaults.has(fault.name)
  return expected ? fault.message : (fault.stack ?? fault.message)
}
