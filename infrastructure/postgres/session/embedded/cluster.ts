import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSetupError } from '../setup-error.ts'
import type { Binaries } from './binaries.ts'
import type { Runner } from './runner.ts'

export interface Cluster {
  readonly data: string
  readonly user: string
  readonly password: string
  /** The password of the reader role. */
  readonly readerPassword: string
}

/** The major version of the binaries, which cannot read data of another major. */
const MAJOR = '18'
export const clusterUser = 'strata'

/** Finds the data below `dir`, or creates it. */
export async function prepareCluster(options: { dir: string; binaries: Binaries; runner: Runner; durable: boolean }): Promise<Cluster> {
  const data = join(options.dir, 'data')
  const passwordFile = join(options.dir, 'password')
  if (!existsSync(data)) await initialise({ ...options, data, passwordFile })
  await refuseOtherMajor(data)
  // Separate calls, because a directory that already has the right owner ends the recursion.
  for (const path of [options.dir, data]) await options.runner.own(path)
  const readerPassword = await keptPassword(join(options.dir, 'reader-password'))
  return { data, user: clusterUser, password: await readPassword(passwordFile), readerPassword }
}

/** Creates the cluster in a temporary directory and renames it when complete, so that an interrupted start can be repeated. */
async function initialise(options: {
  dir: string
  data: string
  passwordFile: string
  binaries: Binaries
  runner: Runner
  durable: boolean
}): Promise<void> {
  const { dir, data, passwordFile, binaries, runner, durable } = options
  const unfinished = join(dir, 'data.unfinished')
  await rm(unfinished, { recursive: true, force: true })
  await writeFile(passwordFile, randomPassword(), { mode: 0o600 })
  await runner.own(dir)
  const made = runner.run(binaries.initdb, [
    `--pgdata=${unfinished}`,
    `--username=${clusterUser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ])
  await made.catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatabaseSetupError(`A database could not be created in ${dir}. ${reason}`, { cause })
  })
  await rename(unfinished, data)
}

async function refuseOtherMajor(data: string): Promise<void> {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch((cause: unknown) => {
    const message = `${data} is not a PostgreSQL data directory: it has no readable PG_VERSION. Restore it from a backup.`
    throw new DatabaseSetupError(message, { cause })
  })
  if (version.trim() === MAJOR) return
  throw new DatabaseSetupError(
    `The data in ${data} was written by PostgreSQL ${version.trim()}, but this version of Strata includes ${MAJOR}. ` +
      'Dump it with the version of Strata that wrote it, and load the dump into an empty directory.',
  )
}

/** Created if missing; each start sets it in the server. */
async function keptPassword(file: string): Promise<string> {
  const kept = existsSync(file) ? await readFile(file, 'utf8') : ''
  if (kept !== '') return kept
  const made = randomPassword()
  await writeFile(file, made, { mode: 0o600 })
  return made
}

function randomPassword(): string {
  return randomBytes(24).toString('base64url')
}

async function readPassword(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `The database's password cannot be read from ${file}. Restore that file: it belongs to the data beside it.`
    throw new DatabaseSetupError(message, { cause })
  })
}
