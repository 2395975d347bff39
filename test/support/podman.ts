import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answers, startService, type ContainerEngine } from './container-engine.ts'
import { temporaryDirectory } from './temporary-directory.ts'

/** Podman's service with its files below one directory. It pulls from the test's registry without TLS. */
export async function startPodman(registryHost: string): Promise<ContainerEngine> {
  await using parts = new AsyncDisposableStack()
  const directory = parts.use(await temporaryDirectory())
  const socket = join(directory.path, 'podman.sock')
  const registries = join(directory.path, 'registries.conf')
  await writeFile(registries, `[[registry]]\nlocation = "${registryHost}"\ninsecure = true\n`)
  const args = [
    '--root',
    join(directory.path, 'root'),
    '--runroot',
    join(directory.path, 'run'),
    '--cgroup-manager',
    'cgroupfs',
    '--events-backend',
    'file',
    'system',
    'service',
    '--time',
    '0',
    `unix://${socket}`,
  ]
  parts.defer(() => unmounted(join(directory.path, 'root/overlay')))
  // Podman's monitor writes files into its working directory.
  const where = { cwd: directory.path, env: { CONTAINERS_REGISTRIES_CONF: registries } }
  parts.use(await startService('podman', args, () => answers(socket), where))
  const running = parts.move()
  return { socket, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** Podman leaves its storage bind-mounted onto itself. */
async function unmounted(path: string): Promise<void> {
  const { status, stderr } = spawnSync('umount', [path], { encoding: 'utf8' })
  if (status !== 0 && !/not mounted|no mount point/i.test(stderr)) throw new Error(stderr)
}
