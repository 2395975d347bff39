import type { Config } from '@strata/infrastructure/environment'
import { refuseWords } from './refuse-words.ts'
import { readCredentials } from './credentials.ts'
import { isHeld } from './data-directory.ts'
import { signInDirectory, signInLinks } from './sign-in-links.ts'

/** No running node could use a link. */
export class NoSignIn extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NoSignIn'
  }
}

/** `npm start -- sign-in`: a new link for the node on this data directory. A user who can write there counts as its operator. */
export async function signInCommand(config: Config, words: readonly string[]): Promise<void> {
  refuseWords(words)
  if (config.publicUrl !== undefined) {
    throw new NoSignIn(
      'Sign-in links work only for a node on this machine that is not public, and STRATA_PUBLIC_URL is set. Use a token: npm start -- token --subject NAME --role ADMIN',
    )
  }
  const credentials = readCredentials(config.dataDir)
  if (credentials === undefined || !isHeld(config.dataDir))
    throw new NoSignIn(`No node is running on ${config.dataDir}. Start it with npm start; it prints a link.`)
  const links = signInLinks(signInDirectory(config.dataDir), async () => undefined)
  process.stderr.write('This link works once, within ten minutes:\n')
  process.stdout.write(`${credentials.url}${links.create()}\n`)
}
