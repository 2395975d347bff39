import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '@strata/infrastructure/environment'
import { writeDurably } from './write-durably.ts'

export interface Secrets {
  readonly tokenSecret: string
  readonly gatewaySecret: string
}

/** The configured secrets, or the node's own: created at the first start, readable only by its owner, never printed. */
export function loadSecrets(config: Config): Secrets {
  return {
    tokenSecret: config.tokenSecret ?? ownSecret(config.dataDir, 'token'),
    // Gateway and subgraphs are one process here, so their secret is not needed elsewhere and need not persist.
    gatewaySecret: config.gatewaySecret ?? randomBytes(32).toString('base64url'),
  }
}

/** Refused at start: a new secret would silently invalidate every token. */
class SecretDamaged extends Error {
  constructor(file: string) {
    super(
      `The secret in ${file} is damaged: it is empty or cut short. Restore it from a backup. ` +
        `Without a backup, delete the file: the next start creates a new secret, and all existing tokens become invalid.`,
    )
    this.name = 'SecretDamaged'
  }
}

function ownSecret(dataDir: string, name: string): string {
  const directory = join(dataDir, 'secrets')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, name)
  // Only one process holds the data directory, so no other process creates the file in between.
  if (!existsSync(file)) writeDurably(file, randomBytes(32).toString('base64url'))
  const secret = readFileSync(file, 'utf8')
  if (secret.trim().length < shortestSecret) throw new SecretDamaged(file)
  return secret
}

const shortestSecret = 32
