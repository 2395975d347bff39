import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '@strata/infrastructure/environment'
import { expect, test } from 'vitest'
import { claimDataDirectory, DataDirectoryInUse } from '../../standalone/data-directory.ts'
import { processStart } from '../../standalone/process-start.ts'
import { loadSecrets } from '../../standalone/secrets.ts'
import { credentialsIn, startNodeProcess } from '../standalone/running-node.ts'
import { graphqlClient } from '../support/graphql-client.ts'
import { manifest, temporaryDirectory } from '../support/index.ts'

const mayMount = process.platform === 'linux' && spawnSync('unshare', ['-m', 'true']).status === 0

test.runIf(mayMount)('a start on a full disk says so, holds nothing, and succeeds in claiming once there is room', async () => {
  await using directory = await temporaryDirectory()
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', directory.path]).status).toBe(0)
  try {
    const filler = join(directory.path, 'filler')
    mkdirSync(join(directory.path, 'secrets'))
    expect(() => writeFileSync(filler, Buffer.alloc(2 ** 20))).toThrow(/ENOSPC/)
    await using node = startNodeProcess(directory.path)
    expect(await node.ended).toBe(1)
    expect(node.output()).toContain('The disk is full, so the archive cannot start. Free some space')
    expect(node.output()).not.toMatch(/Another node|\n\s+at /)
    rmSync(filler)
    expect(readdirSync(join(directory.path, 'secrets'))).toEqual([])
    claimDataDirectory(directory.path).release()
  } finally {
    spawnSync('umount', [directory.path])
  }
})

test.runIf(mayMount)(
  'an import into a full disk answers UNAVAILABLE and says why, and goes on once there is room',
  { timeout: 240_000 },
  async () => {
    await using directory = await temporaryDirectory()
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'none', directory.path]).status).toBe(0)
    try {
      await using node = startNodeProcess(directory.path, { STRATA_LOG_FORMAT: 'json' })
      await node.wrote('Ctrl-C stops the node.')
      const { url, token } = credentialsIn(directory.path)
      const deployed = await graphqlClient(url, token)('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
        input: manifest(),
      })
      expect(deployed.errors).toEqual([])
      const filler = join(directory.path, 'filler')
      expect(spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k'], { stdio: 'ignore' }).status).toBe(1)

      // Enough to need more room than the database has set aside.
      const lines = Array.from(
        { length: 20_000 },
        (_, n) => `${JSON.stringify({ sourceId: `s${n}`, metadata: { pdb_id: '1abc', organisms: ['x'.repeat(1_000)] } })}\n`,
      )
      const send = async () => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' }
        const answer = await fetch(`${url}/import/proteins?sourceNode=here`, { method: 'POST', headers, body: lines.join('') })
        return (await answer.text())
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      }
      const refused = (await send()).at(-1)
      const error = refused.error ?? refused.errors?.[0]
      expect([error?.code ?? error?.extensions?.code, error?.message]).toEqual([
        'UNAVAILABLE',
        expect.stringMatching(/disk of this archive is full|cannot reach its database/),
      ])
      expect(
        node
          .output()
          .split('\n')
          .filter((line) => line.includes('an import failed')),
      ).toEqual([])

      rmSync(filler)
      await expect.poll(async () => (await send()).at(-1)?.done, { timeout: 120_000, interval: 2_000 }).toBe(true)
    } finally {
      spawnSync('umount', ['-l', directory.path])
    }
  },
)

test('a secret is whole or not there, and a damaged one is named', async () => {
  await using directory = await temporaryDirectory()
  const config = loadConfig({ STRATA_DATA_DIR: directory.path })
  const file = join(directory.path, 'secrets/token')
  const { tokenSecret } = loadSecrets(config)
  expect(loadSecrets(config).tokenSecret).toBe(tokenSecret)
  for (const damaged of ['', tokenSecret.slice(0, 20)]) {
    writeFileSync(file, damaged)
    expect(() => loadSecrets(config)).toThrow(`The secret in ${file} is damaged`)
    expect(readFileSync(file, 'utf8')).toBe(damaged)
  }
})

test('a node removes its own lock alone', async () => {
  await using directory = await temporaryDirectory()
  const lock = join(directory.path, 'node.lock')
  const claimed = claimDataDirectory(directory.path)
  expect(() => claimDataDirectory(directory.path)).toThrow(DataDirectoryInUse)
  const other = JSON.stringify({ pid: process.ppid, started: processStart(process.ppid) })
  writeFileSync(lock, other)
  claimed.release()
  expect(readFileSync(lock, 'utf8')).toBe(other)
  expect(() => claimDataDirectory(directory.path)).toThrow(`process ${process.ppid}`)
  // One that is stale or was cut short by an older version.
  for (const stale of ['{"pid":', JSON.stringify({ pid: process.ppid, started: 'long ago' })]) {
    writeFileSync(lock, stale)
    claimDataDirectory(directory.path).release()
    expect(existsSync(lock)).toBe(false)
  }
})
