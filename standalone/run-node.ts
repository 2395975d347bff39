import { relative } from 'node:path'
import { untilAskedToStop, version, type Config } from '@strata/infrastructure/environment'
import { createLogger } from '@strata/infrastructure/telemetry'
import { startNode, type ArchiveNode } from './node.ts'

/** `npm start`: runs an archive node in the foreground until Ctrl-C. */
export async function runNode(config: Config): Promise<void> {
  const began = performance.now()
  const log = createLogger(config.log, 'node')
  const node = await startNode(config, log)
  // Listens for signals before the node is announced as running.
  const asked = untilAskedToStop()
  process.stdout.write(welcome(node, performance.now() - began))
  const lost = await Promise.race([asked, node.lost])
  process.stdout.write('\nStopping …\n')
  await node.close()
  if (lost) throw lost
  process.stdout.write('Stopped. All data is stored; start again at any time.\n')
}

function welcome({ url, dataDir, signInUrl }: ArchiveNode, milliseconds: number): string {
  const data = relative(process.cwd(), dataDir) || '.'
  const shown = data.startsWith('..') ? dataDir : data
  return `
Strata is ready (${(milliseconds / 1000).toFixed(1)} s).

  Version    ${version}
  API        ${url}/graphql
  Explorer   ${url}/graphql in a browser
  Data       ${shown}
${signInUrl === undefined ? '' : local(signInUrl, shown)}
Next: deploy a first convention, as README.md shows. Ctrl-C stops the node.
`
}

function local(signInUrl: string, shown: string): string {
  return `  Token      ${shown}/credentials.json
  Sign in    ${signInUrl}
             (works once, within ten minutes; npm start -- sign-in prints another)
`
}
