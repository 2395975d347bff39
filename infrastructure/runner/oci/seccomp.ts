import type { RunJob } from '@strata/domain/run'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Engine } from './engine/engine.ts'
import profile from './seccomp.json' with { type: 'json' }

/**
 * The archive's own seccomp profile as a container's security option: a list of what a hook may ask the kernel for. Docker
 * takes the profile itself; Podman takes a path, so the profile is written beside the log, where no hook reaches.
 */
export async function seccompOption(engine: Engine, job: Pick<RunJob, 'logFile'>): Promise<string> {
  const text = JSON.stringify(profile)
  if (!(await engine.isPodman())) return `seccomp=${text}`
  const path = join(dirname(job.logFile), 'seccomp.json')
  await writeFile(path, text, { mode: 0o600 })
  return `seccomp=${path}`
}
