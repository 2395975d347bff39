import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { isAvailable } from './available.ts'
import { temporaryDirectory } from './temporary-directory.ts'

/** A real S3: Ceph's object gateway with one monitor and one storage daemon in memory. */
export interface RadosGateway extends AsyncDisposable {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const programs = ['ceph', 'ceph-authtool', 'ceph-mon', 'ceph-osd', 'monmaptool', 'radosgw', 'radosgw-admin']

/**
 * Whether tests can start an S3 server. Without it, they are reported as skipped on a laptop; with `CI` set, its absence is a
 * failure.
 */
export function isRadosGatewayInstalled(): boolean {
  const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0)
  return isAvailable({
    name: 'S3',
    missing:
      missing.length === 0 ? undefined : `${missing.join(', ')} not installed (on Debian: apt-get install ceph-mon ceph-osd radosgw).`,
  })
}

export async function startRadosGateway(): Promise<RadosGateway> {
  await using parts = new AsyncDisposableStack()
  const directory = await temporaryDirectory()
  parts.use(directory)
  const cluster = await describeCluster(directory.path)
  const start = (name: string, ...args: string[]) => parts.defer(startDaemon(cluster, name, args))

  cluster.run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', cluster.monmap, '--keyring', cluster.keyring)
  start('ceph-mon', '-i', 'a')
  const osd = randomUUID()
  cluster.run('ceph', '--connect-timeout', '30', 'osd', 'new', osd)
  cluster.run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osd)
  start('ceph-osd', '-i', '0')
  await until('the storage daemon is up', () => cluster.run('ceph', '--connect-timeout', '30', 'osd', 'stat').includes('1 up'))

  start('radosgw', '-n', 'client.rgw')
  const keys = { accessKeyId: randomBytes(10).toString('hex'), secretAccessKey: randomBytes(20).toString('hex') }
  const user = ['--uid', 'test', '--display-name', 'test', '--access-key', keys.accessKeyId, '--secret-key', keys.secretAccessKey]
  cluster.run('radosgw-admin', '-n', 'client.rgw', '--admin-socket', '', 'user', 'create', ...user)
  await until('the gateway answers', () =>
    fetch(cluster.endpoint).then(
      (answer) => answer.ok,
      () => false,
    ),
  )

  const address = { endpoint: cluster.endpoint, region: 'us-east-1', bucket: 'strata', ...keys }
  await createBucket(address)
  const running = parts.move()
  return { ...address, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

interface Cluster {
  readonly dir: string
  readonly monmap: string
  readonly keyring: string
  readonly endpoint: string
  run(program: string, ...args: string[]): string
}

async function describeCluster(dir: string): Promise<Cluster> {
  const [monitor, gateway] = await freePorts(2)
  const fsid = randomUUID()
  const monmap = join(dir, 'monmap')
  const keyring = join(dir, 'keyring')
  for (const name of ['mon', 'osd', 'run']) mkdirSync(join(dir, name))
  writeFileSync(
    join(dir, 'ceph.conf'),
    configuration({ dir, fsid, monitor: `[v2:127.0.0.1:${monitor}/0]`, gateway: `127.0.0.1:${gateway}` }),
  )

  const run = (program: string, ...args: string[]): string => {
    const done = spawnSync(program, args, { env: environment(dir), encoding: 'utf8', timeout: 60_000 })
    if (done.status === 0) return done.stdout
    throw new Error(`${program} ${args.join(' ')} failed: ${done.error?.message ?? ''} ${done.stderr}`)
  }
  run('ceph-authtool', '--create-keyring', keyring, '--gen-key', '-n', 'mon.', '--cap', 'mon', 'allow *')
  run('ceph-authtool', keyring, '--gen-key', '-n', 'client.admin', '--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *')
  run('ceph-authtool', keyring, '--gen-key', '-n', 'client.rgw', '--cap', 'mon', 'allow rw', '--cap', 'osd', 'allow rwx')
  run('ceph-authtool', keyring, '--gen-key', '-n', 'osd.0', '--cap', 'mon', 'allow profile osd', '--cap', 'osd', 'allow *')
  run('monmaptool', '--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${monitor}]`, monmap)
  return { dir, monmap, keyring, endpoint: `http://127.0.0.1:${gateway}`, run }
}

function configuration(o: { dir: string; fsid: string; monitor: string; gateway: string }): string {
  return `[global]
fsid = ${o.fsid}
mon host = ${o.monitor}
mon initial members = a
public addr = 127.0.0.1
ms bind ipv6 = false
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
keyring = ${o.dir}/keyring
mon data = ${o.dir}/mon
osd data = ${o.dir}/osd
run dir = ${o.dir}/run
admin socket = ${o.dir}/run/$name.asok
crash dir = ${o.dir}/run
log file = ${o.dir}/$name.log
osd objectstore = memstore
memstore device bytes = 4294967296
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd crush chooseleaf type = 0
mon allow pool size one = true
[client.rgw]
rgw frontends = beast endpoint=${o.gateway}
`
}

/** Starts a daemon in the foreground; returns a function that ends it. */
function startDaemon({ dir }: Cluster, program: string, args: readonly string[]): () => Promise<void> {
  const output = openSync(join(dir, `${program}.out`), 'a')
  const daemon = spawn(program, ['-f', ...args], { env: environment(dir), stdio: ['ignore', output, output] })
  closeSync(output)
  daemon.once('exit', (code) => {
    if (code) process.stderr.write(`${program} ended with ${code}:\n${readFileSync(join(dir, `${program}.out`), 'utf8').slice(-2_000)}\n`)
  })
  return () => ended(daemon)
}

/** Kills it, because there is nothing to save. */
async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return
  const exited = once(daemon, 'exit')
  daemon.kill('SIGKILL')
  await exited
}

function environment(dir: string): NodeJS.ProcessEnv {
  return { ...process.env, CEPH_CONF: join(dir, 'ceph.conf') }
}

async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await check()) return
    await sleep(200)
  }
  throw new Error(`waited in vain until ${what}`)
}

async function freePorts(count: number): Promise<number[]> {
  // All servers listen at the same time, so that no port occurs twice.
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => server.address()).map((address) => (typeof address === 'object' ? (address?.port ?? 0) : 0))
  for (const server of servers) server.close()
  return ports
}

async function createBucket({ endpoint, region, bucket, ...credentials }: Omit<RadosGateway, typeof Symbol.asyncDispose>): Promise<void> {
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' })
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  client.destroy()
}
