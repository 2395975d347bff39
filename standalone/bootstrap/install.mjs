import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { generate, isGenerated } from './generate.mjs'
import { withInstallLock } from './lock.mjs'
import { pnpm } from './pnpm.mjs'
import { describe, showProgress } from './progress.mjs'
import { isInstalled, removeStamp, writeStamp } from './stamp.mjs'

/** Brings node_modules and the database client up to date. Takes a few milliseconds when they are. */
export async function install() {
  if (isInstalled() && isGenerated()) return
  const progress = showProgress('Installing packages')
  try {
    await installInTurn(progress)
  } catch (error) {
    if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') throw error
    progress.end('failed')
    process.stderr.write(
      `The disk is full, so the packages cannot be installed. Free some space, then run the same command again. (${error.message})\n`,
    )
    process.exit(1)
  }
}

async function installInTurn(progress) {
  await withInstallLock(
    () => progress.say('waiting for another process that is installing'),
    async () => {
      if (!isInstalled()) await runInstall(progress)
      if (!isGenerated()) await runGenerate(progress)
    },
  )
  progress.end()
}

async function runGenerate(progress) {
  progress.say('generating the database client')
  const failure = await generate()
  if (failure === undefined) return
  progress.end('failed')
  process.stderr.write(`The database client could not be generated from prisma/schema.prisma:\n${failure}\n`)
  process.exit(1)
}

async function runInstall(progress) {
  removeStamp()
  progress.say('fetching pnpm')
  const child = pnpm(['install', '--frozen-lockfile', '--reporter=append-only', '--config.confirmModulesPurge=false'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output.push(line)
      const step = describe(line)
      if (step !== undefined) progress.say(step)
    })
  }
  const stop = () => child.kill('SIGTERM')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop)
  const failure = await once(child, 'close').then(([code]) => (code === 0 ? undefined : `pnpm ended with ${code ?? 'a signal'}`), String)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop)
  if (failure === undefined) return writeStamp()

  progress.end('failed')
  process.stderr.write(
    `${output
      .slice(-15)
      .map((line) => `  ${line}\n`)
      .join('')}` +
      `The packages could not be installed (${failure}). Check the network and any proxy or registry that npm is set up\n` +
      'with, then run the same command again; deleting node_modules first gives a fresh start.\n',
  )
  process.exit(1)
}
