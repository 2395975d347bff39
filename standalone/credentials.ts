import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from './write-durably.ts'

/** What the command line needs to use this node: its address and an ADMIN token. */
export interface Credentials {
  readonly url: string
  readonly token: string
}

/** Writes `credentials.json`, readable only by its owner. Keeps the existing token if `isValid` accepts it. */
export async function keepCredentials(
  dataDir: string,
  url: string,
  tokens: { isValid(token: string): Promise<boolean>; mint(): Promise<string> },
): Promise<Credentials> {
  const file = fileIn(dataDir)
  const known = readCredentials(dataDir)
  const token = known !== undefined && (await tokens.isValid(known.token)) ? known.token : await tokens.mint()
  const credentials = { url, token }
  writeDurably(file, `${JSON.stringify(credentials, null, 2)}\n`)
  return credentials
}

/** Deletes the file, because a public archive must not leave a token on disk. */
export function dropCredentials(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true })
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'credentials.json')
}

export function readCredentials(dataDir: string): Credentials | undefined {
  try {
    const known: unknown = JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))
    const whole = typeof known === 'object' && known !== null && 'url' in known && 'token' in known
    return whole && typeof known.url === 'string' && typeof known.token === 'string' ? { url: known.url, token: known.token } : undefined
  } catch {
    // Missing or damaged; its content can be created again.
    return undefined
  }
}
