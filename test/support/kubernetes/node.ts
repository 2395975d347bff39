import { chmod, copyFile, mkdir, readdir, readFile, rmdir, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startService } from '../container-engine.ts'
import { freePort } from '../free-port.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import type { ControlPlane } from './control-plane.ts'
import { kubernetesProgram, loopbackPlugin } from './installed.ts'

const run = promisify(execFile)

/** A node of the cluster: this machine, with its own containerd and kubelet. `pauseImage` keeps a pod open. */
export async function startNode(plane: ControlPlane, pauseImage: string): Promise<AsyncDisposable> {
  await using parts = new AsyncDisposableStack()
  // Socket paths have a length limit, so the directory's path must be short.
  const { path: dir } = parts.use(await temporaryDirectory())
  const cgroup = basename(dir)
  parts.defer(() => unmountBelow(dir))
  parts.use(await ownCgroup(cgroup))

  await layNetwork(dir)
  const socket = join(dir, 'containerd.sock')
  await writeFile(join(dir, 'containerd.toml'), containerdSettings(dir, socket, pauseImage))
  parts.defer(() => endShims(socket))
  parts.use(await startService('containerd', ['--config', join(dir, 'containerd.toml')], () => isServing(socket)))
  const [port, healthPort] = [await freePort(), await freePort()]
  await writeFile(join(dir, 'kubelet.json'), JSON.stringify(kubeletSettings(plane, { cgroup, port, healthPort })))
  parts.use(
    await startService(
      kubernetesProgram('kubelet'),
      [
        `--kubeconfig=${plane.adminConfig}`,
        `--config=${join(dir, 'kubelet.json')}`,
        `--root-dir=${join(dir, 'kubelet')}`,
        `--cert-dir=${join(dir, 'kubelet-certs')}`,
        '--container-runtime=remote',
        `--container-runtime-endpoint=unix://${socket}`,
        '--hostname-override=localhost',
      ],
      () => isHealthy(`http://127.0.0.1:${healthPort}/healthz`),
    ),
  )
  // Pods that were just deleted may still be terminating.
  parts.defer(() => nothingRuns(socket))
  const running = parts.move()
  return { [Symbol.asyncDispose]: () => running.disposeAsync() }
}

function containerdSettings(dir: string, socket: string, pauseImage: string): string {
  return `
version = 2
root = "${dir}/root"
state = "${dir}/state"
[grpc]
  address = "${socket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${dir}/cni/bin"
    conf_dir = "${dir}/cni/conf"
`
}

function kubeletSettings(
  { certificates }: ControlPlane,
  { cgroup, port, healthPort }: { cgroup: string; port: number; healthPort: number },
): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: '127.0.0.1',
    port,
    readOnlyPort: 0,
    healthzPort: healthPort,
    authentication: { anonymous: { enabled: false }, webhook: { enabled: false }, x509: { clientCAFile: certificates.authority } },
    authorization: { mode: 'AlwaysAllow' },
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${cgroup}`,
    enforceNodeAllocatable: [],
    failSwapOn: false,
    // Tests must not depend on the free space of the machine's disk.
    evictionHard: { 'memory.available': '1Mi', 'nodefs.available': '0%', 'imagefs.available': '0%', 'nodefs.inodesFree': '0%' },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
    serializeImagePulls: false,
    registryPullQPS: 0,
    eventRecordQPS: 0,
    kubeAPIQPS: 200,
    kubeAPIBurst: 400,
    maxPods: 50,
    makeIPTablesUtilChains: false,
    syncFrequency: '2s',
  }
}

/** Pods get an address but only a loopback interface: no bridge, no rules, no network. */
async function layNetwork(dir: string): Promise<void> {
  const [bin, conf] = [join(dir, 'cni/bin'), join(dir, 'cni/conf')]
  for (const made of [bin, conf]) await mkdir(made, { recursive: true })
  await symlink(loopbackPlugin, join(bin, 'loopback'))
  const plugin = join(bin, 'none')
  const address =
    '{"cniVersion":"0.4.0","interfaces":[{"name":"eth0","sandbox":"%s"}],"ips":[{"version":"4","interface":0,"address":"192.0.2.1/32"}]}'
  await writeFile(
    plugin,
    `#!/bin/sh\ncat >/dev/null\ncase "$CNI_COMMAND" in\nADD) printf '${address}' "$CNI_NETNS" ;;\nVERSION) echo '{"cniVersion":"0.4.0","supportedVersions":["0.3.1","0.4.0"]}' ;;\nesac\n`,
  )
  await chmod(plugin, 0o755)
  await writeFile(join(conf, '10-none.conflist'), JSON.stringify({ cniVersion: '0.4.0', name: 'none', plugins: [{ type: 'none' }] }))
}

const hierarchies = '/sys/fs/cgroup'

/** The parent cgroup of the kubelet's. Processes left in it are ended. */
async function ownCgroup(name: string): Promise<AsyncDisposable> {
  const roots = (await isUnified()) ? [hierarchies] : (await readdir(hierarchies)).map((hierarchy) => join(hierarchies, hierarchy))
  const made: string[] = []
  for (const root of roots) {
    const path = join(root, name)
    try {
      await mkdir(path)
      made.push(path)
      if (basename(root) === 'cpuset') for (const file of ['cpuset.cpus', 'cpuset.mems']) await copyFile(join(root, file), join(path, file))
    } catch {
      // Some hierarchies of version 1 are not cgroups or are not delegated to this user.
    }
  }
  return {
    async [Symbol.asyncDispose]() {
      for (const path of made) await emptyCgroup(path)
    },
  }
}

async function isUnified(): Promise<boolean> {
  return (await readdir(hierarchies)).includes('cgroup.controllers')
}

async function emptyCgroup(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true }).catch(() => []))
    if (entry.isDirectory()) await emptyCgroup(join(path, entry.name))
  for (let tries = 0; tries < 40; tries += 1) {
    const inside = (await readFile(join(path, 'cgroup.procs'), 'utf8').catch(() => '')).split('\n').filter((pid) => pid !== '')
    for (const pid of inside) {
      try {
        process.kill(Number(pid), 'SIGKILL')
      } catch {
        // It has already ended.
      }
    }
    if (
      await rmdir(path).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
      )
    )
      return
    await sleep(50)
  }
  throw new Error(`the cgroup ${path} could not be removed`)
}

/** Unmounts what pods had mounted, innermost first. */
async function unmountBelow(dir: string): Promise<void> {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[4] ?? '')
  for (const mount of mounts.filter((path) => path.startsWith(`${dir}/`)).toSorted((a, b) => b.length - a.length)) {
    await run('umount', ['--lazy', mount]).catch(() => undefined)
  }
}

async function isServing(socket: string): Promise<boolean> {
  return ctr(socket, 'version').then(
    () => true,
    () => false,
  )
}

async function nothingRuns(socket: string): Promise<void> {
  for (let tries = 0; tries < 100 && (await ctr(socket, '--namespace', 'k8s.io', 'tasks', 'list', '--quiet')) !== ''; tries += 1)
    await sleep(100)
}

async function ctr(socket: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('ctr', ['--address', socket, '--timeout', '2s', ...args])
  return stdout.trim()
}

/** A shim outlives its containerd, and keeps mounts busy. */
async function endShims(socket: string): Promise<void> {
  for (const pid of (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (command.includes('containerd-shim') && command.split('\0').includes(socket)) process.kill(Number(pid), 'SIGKILL')
  }
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined)
  return answer?.ok ?? false
}
