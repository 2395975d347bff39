import { programContracts, programUser, type AttemptId, type RunJob } from '@strata/domain/run'
import { graceSeconds, environmentOf, inside, labels, scratchBytes } from '../shared/container-contract.ts'
import { directoriesOf } from '../shared/directories.ts'
import type { VerifiedImage } from './image.ts'

const pidsLimit = 256
const mebi = 2 ** 20

/** One attempt, one name: an engine refuses to make the same container twice. */
export function containerName(node: string, { runId, attempt }: AttemptId): string {
  return `strata-${node}-${runId}-${attempt}`.replaceAll(/[^A-Za-z0-9_.-]/g, '_')
}

export interface ContainerPlan {
  readonly node: string
  /** The number of CPUs of the machine. */
  readonly cpus: number
  readonly seccomp: string
}

/** What the engine is asked for: all that a program may never have is taken away here. */
export function containerSpec(job: RunJob, image: VerifiedImage, { node, cpus, seccomp }: ContainerPlan): object {
  const scratch = scratchBytes(job)
  const { kind } = job.program
  const { network, writable } = programContracts[kind]
  const directories = directoriesOf(job)
  const mounts = (['input', 'files', 'output'] as const).map((which) => bind(directories[which], inside[which], !writable.includes(which)))
  return {
    Image: image.id,
    User: `${programUser}:${programUser}`,
    Hostname: kind,
    Env: Object.entries(environmentOf(job)).map(([name, value]) => `${name}=${value}`),
    Labels: { [labels.node]: node, [labels.run]: job.runId, [labels.attempt]: String(job.attempt), [labels.kind]: kind },
    AttachStdout: true,
    AttachStderr: true,
    Healthcheck: { Test: ['NONE'] },
    StopTimeout: graceSeconds,
    HostConfig: {
      Init: true,
      NetworkMode: network,
      ReadonlyRootfs: true,
      Privileged: false,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges', seccomp],
      // Its own, with a bounded /dev/shm: Python's multiprocessing does not start without one.
      IpcMode: 'private',
      ShmSize: 64 * mebi,
      Memory: job.memoryBytes,
      // The sum of memory and swap, so no swap.
      MemorySwap: job.memoryBytes,
      // An engine refuses more than the machine has.
      NanoCpus: Math.min(job.cpuMillis, cpus * 1000) * 1_000_000,
      PidsLimit: pidsLimit,
      OomScoreAdj: 500,
      Ulimits: [
        ulimit('core', 0),
        ulimit('nofile', 4096),
        // Far more than the pids limit lets it have. Without one, Podman asks for more than some machines may give.
        ulimit('nproc', 8192),
        // A single file stops growing by itself; the sum of all is watched.
        ulimit('fsize', Math.max(job.maxOutputBytes, scratch) + 1),
      ],
      // Mode and all: without it, the directory of the same name in the image decides.
      Tmpfs: { '/tmp': `rw,noexec,nosuid,nodev,size=${scratch},mode=1777` },
      Mounts: mounts,
      // What is printed comes by attach and is kept by the runner; the engine's copy would fill its disk.
      LogConfig: { Type: 'none' },
      RestartPolicy: { Name: 'no' },
    },
  }
}

function bind(Source: string, Target: string, ReadOnly: boolean) {
  return { Type: 'bind', Source, Target, ReadOnly, BindOptions: { Propagation: 'rprivate' } }
}

function ulimit(Name: string, amount: number) {
  return { Name, Soft: amount, Hard: amount }
}
