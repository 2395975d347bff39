import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAvailable } from './available.ts'

export interface RedisServer {
  readonly url: string
  /** Kills it, and restarts it empty at the same address. */
  lose(): Promise<void>
  /** Freezes it: its connections stay open, but it answers nothing. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/**
 * Whether tests can start a Redis. Without it, they are reported as skipped on a laptop; with `CI` set, its absence is a
 * failure.
 */
export function isRedisInstalled(): boolean {
  const isThere = spawnSync('redis-server', ['--version']).status === 0
  return isAvailable({
    name: 'Redis',
    missing: isThere ? undefined : 'redis-server is not installed (on Debian: apt-get install redis-server).',
  })
}

/** A Redis on a free loopback port, without persistence. */
export async function startRedisServer(): Promise<RedisServer> {
  const dir = mkdtempSync(join(tmpdir(), 'strata-redis-'))
  const port = await freePort()
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--maxmemory-policy', 'noeviction']
  let server = await start()
  async function start(): Promise<ChildProcess> {
    const started = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] })
    await untilReady(started)
    return started
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const exited = once(server, 'exit')
    server.kill(signal)
    await exited
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async lose() {
      await end('SIGKILL')
      server = await start()
    },
    async stop() {
      server.kill('SIGCONT')
      await end('SIGTERM')
      rmSync(dir, { recursive: true })
    },
  }
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`redis-server ended before it was ready:\n${said}`)))
    server.stdout?.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('Ready to accept connections')) resolve()
    })
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
