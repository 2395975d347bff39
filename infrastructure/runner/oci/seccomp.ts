import type { RunJob } from '@strata/domain/run'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Engine } from './engine/engine.ts'
import profile from './seccomp.json' with { type: 'json' }

/**
 * The archive's own seccomp profile, a list of the system calls that a program may make, as a container's security option. Docker takes the
 * profile itself. Podman takes a path, so the profile is written beside the log, where no program can reach it.
 */
export async function seccompOption(engine: Engine, job: Pick<RunJob, 'logFile'>): Promise<string> {
  const text = JSON.stringify(profile)
  if (!(await engine.isPodman())) return `seccomp=${text}`
  const path = join(dirname(job.logFile), 'seccomp.json')
  await writeFile(path, text, { mode: 0o600 })
  return `seccomp=${path}`
}
