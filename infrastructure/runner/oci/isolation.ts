import { programContracts, programUser, type RunJob } from '@strata/domain/run'
import type { ContainerAnswer, InfoAnswer } from './engine/answers.ts'
import { AttemptFailed } from '../shared/attempt-failed.ts'

/**
 * What holds the container, read back from the engine: one that cannot limit something drops the limit and only warns.
 * A program that would not be held as its contract says is not started.
 */
export function isolationInForce(
  job: RunJob,
  { Config, HostConfig: host }: ContainerAnswer,
  info: InfoAnswer,
  seccomp: string,
): readonly string[] {
  const security = host.SecurityOpt ?? []
  const facts: Readonly<Record<string, boolean>> = {
    [`user ${programUser}`]: Config.User === `${programUser}:${programUser}`,
    'read-only root': host.ReadonlyRootfs,
    'no network': host.NetworkMode === programContracts[job.program.kind].network,
    'no capabilities': !host.Privileged && (host.CapAdd ?? []).length === 0 && (host.CapDrop ?? []).length > 0,
    'no new privileges': security.some((option) => option.startsWith('no-new-privileges')),
    seccomp: security.includes(seccomp) && (info.SecurityOptions ?? []).some((option) => option.startsWith('name=seccomp')),
    'memory by cgroup, no swap': host.Memory === job.memoryBytes && host.MemorySwap === job.memoryBytes,
    'pids by cgroup': (host.PidsLimit ?? 0) > 0,
    'cpu by cgroup': (host.NanoCpus ?? 0) > 0 || (host.CpuQuota ?? 0) > 0,
  }
  const missing = Object.keys(facts).filter((name) => facts[name] !== true)
  if (missing.length > 0) {
    throw new AttemptFailed(
      'RUNTIME',
      `This container engine cannot hold the ${job.program.kind} as it must be held; missing: ${missing.join(', ')}. Its \`info\` says what it supports.`,
    )
  }
  return ['container', ...Object.keys(facts)]
}
