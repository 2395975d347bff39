import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '@strata/infrastructure/environment'

export interface Secrets {
  readonly tokenSecret: string
  readonly gatewaySecret: string
}

/** The configured secrets, or the node's own: made on first start, readable by its owner alone, never printed. */
export function loadSecrets(config: Config): Secrets {
  return {
    tokenSecret: config.tokenSecret ?? ownSecret(config.dataDir, 'token'),
    // Gateway and subgraphs are one process here: nothing outside needs to know their secret, nor it to last.
    gatewaySecret: config.gatewaySecret ?? randomBytes(32).toString('base64url'),
  }
}

function ownSecret(dataDir: string, name: string): string {
  const directory = join(dataDir, 'secrets')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, name)
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')) throw fault
  }
  return readFileSync(file, 'utf8')
}
