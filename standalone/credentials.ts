import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the command line needs to speak to this node: its address and an ADMIN token. */
export interface Credentials {
  readonly url: string
  readonly token: string
}

/** Writes `credentials.json`, readable by its owner alone; keeps the token that is there while `isValid` says so. */
export async function keepCredentials(
  dataDir: string,
  url: string,
  tokens: { isValid(token: string): Promise<boolean>; mint(): Promise<string> },
): Promise<Credentials> {
  const file = join(dataDir, 'credentials.json')
  const known = read(file)
  const token = known !== undefined && (await tokens.isValid(known.token)) ? known.token : await tokens.mint()
  const credentials = { url, token }
  const draft = `${file}.new`
  writeFileSync(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, file)
  return credentials
}

/** A public archive keeps no key to itself lying about. */
export function dropCredentials(dataDir: string): void {
  rmSync(join(dataDir, 'credentials.json'), { force: true })
}

function read(file: string): Credentials | undefined {
  try {
    const known: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const whole = typeof known === 'object' && known !== null && 'url' in known && 'token' in known
    return whole && typeof known.url === 'string' && typeof known.token === 'string' ? { url: known.url, token: known.token } : undefined
  } catch {
    // Missing or damaged: the file holds nothing that cannot be made again.
    return undefined
  }
}
