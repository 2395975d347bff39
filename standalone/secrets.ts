import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '@strata/infrastructure/environment'
import { writeDurably } from './write-durably.ts'

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

/** Refused at start: another secret in its place would silently make every token invalid. */
class SecretDamaged extends Error {
  constructor(file: string) {
    super(
      `The secret in ${file} is damaged: it is empty or cut short. Put it back from a backup. ` +
        `Without a backup, delete the file: the next start makes another secret, and every token made so far becomes invalid.`,
    )
    this.name = 'SecretDamaged'
  }
}

function ownSecret(dataDir: string, name: string): string {
  const directory = join(dataDir, 'secrets')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, name)
  // The data directory is held by one process, so no other one makes the file in between.
  if (!existsSync(file)) writeDurably(file, randomBytes(32).toString('base64url'))
  const secret = readFileSync(file, 'utf8')
  if (secret.trim().length < shortestSecret) throw new SecretDamaged(file)
  return secret
}

const shortestSecret = 32
