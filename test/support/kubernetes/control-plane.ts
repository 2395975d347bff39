import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startService } from '../container-engine.ts'
import { freePort } from '../free-port.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { makeCertificates, type Certificates } from './certificates.ts'
import { kubernetesProgram } from './installed.ts'

export interface ControlPlane extends AsyncDisposable {
  readonly server: string
  readonly certificates: Certificates
  /** A kubeconfig with all rights. */
  readonly adminConfig: string
  /** Writes a kubeconfig with another token or address. */
  configFor(o: { token?: string; server?: string; name: string }): Promise<string>
}

/** A real control plane with its files below one directory and on free loopback ports. */
export async function startControlPlane(): Promise<ControlPlane> {
  await using parts = new AsyncDisposableStack()
  const { path: dir } = parts.use(await temporaryDirectory())
  const certificates = await makeCertificates(dir)
  const [etcdPort, peerPort, apiPort] = [await freePort(), await freePort(), await freePort()]
  const adminToken = randomBytes(16).toString('hex')
  await writeFile(join(dir, 'admins.csv'), `${adminToken},admin,admin,"system:masters"\n`, { mode: 0o600 })
  const server = `https://127.0.0.1:${apiPort}`
  const authority = (await readFile(certificates.authority)).toString('base64')

  const configFor: ControlPlane['configFor'] = async ({ token = adminToken, server: address = server, name }) => {
    const path = join(dir, `${name}.kubeconfig`)
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster: { server: address, 'certificate-authority-data': authority } }],
      users: [{ name: 'test', user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      'current-context': 'test',
    }
    await writeFile(path, JSON.stringify(config), { mode: 0o600 })
    return path
  }
  const adminConfig = await configFor({ name: 'admin' })

  const etcd = `http://127.0.0.1:${etcdPort}`
  const peer = `http://127.0.0.1:${peerPort}`
  parts.use(
    await startService(
      'etcd',
      [
        `--data-dir=${join(dir, 'etcd')}`,
        `--listen-client-urls=${etcd}`,
        `--advertise-client-urls=${etcd}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=default=${peer}`,
      ],
      () => isHealthy(`${etcd}/health`),
    ),
  )
  parts.use(
    await startService(
      kubernetesProgram('kube-apiserver'),
      [
        `--etcd-servers=${etcd}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${apiPort}`,
        '--endpoint-reconciler-type=none',
        `--cert-dir=${dir}`,
        `--tls-cert-file=${certificates.server.cert}`,
        `--tls-private-key-file=${certificates.server.key}`,
        `--token-auth-file=${join(dir, 'admins.csv')}`,
        '--authorization-mode=RBAC',
        '--service-cluster-ip-range=10.0.0.0/24',
        '--allow-privileged=true',
        '--service-account-issuer=https://test',
        `--service-account-key-file=${certificates.tokens}`,
        `--service-account-signing-key-file=${certificates.tokens}`,
        `--kubelet-client-certificate=${certificates.client.cert}`,
        `--kubelet-client-key=${certificates.client.key}`,
        '--kubelet-preferred-address-types=Hostname',
        '--watch-cache=true',
        '--profiling=false',
      ],
      () => isReady(server, adminToken, authority),
    ),
  )
  parts.use(
    await startService(
      kubernetesProgram('kube-controller-manager'),
      [
        `--kubeconfig=${adminConfig}`,
        '--leader-elect=false',
        '--port=0',
        '--secure-port=0',
        `--service-account-private-key-file=${certificates.tokens}`,
        `--root-ca-file=${certificates.authority}`,
        '--controllers=job,garbagecollector,namespace,serviceaccount,serviceaccount-token,resourcequota,persistentvolume-binder,podgc,nodelifecycle',
      ],
      () => Promise.resolve(true),
    ),
  )
  parts.use(
    await startService(
      kubernetesProgram('kube-scheduler'),
      [`--kubeconfig=${adminConfig}`, '--leader-elect=false', '--port=0', '--secure-port=0'],
      () => Promise.resolve(true),
    ),
  )
  const running = parts.move()
  return { server, certificates, adminConfig, configFor, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined)
  return answer?.ok ?? false
}

async function isReady(server: string, token: string, authority: string): Promise<boolean> {
  const { request } = await import('node:https')
  return new Promise((resolve) => {
    const asked = request(
      `${server}/readyz`,
      { ca: Buffer.from(authority, 'base64'), headers: { authorization: `Bearer ${token}` } },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode === 200)
      },
    )
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
