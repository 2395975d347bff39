import { existsSync } from 'node:fs'
import type { Config } from '../../environment/index.ts'

/** Refused at start: runs would wait for an engine that is not installed. One that is there and does not answer is waited for. */
class EngineMissing extends Error {
  constructor(sockets: readonly string[]) {
    super(
      `STRATA_RUNNER is "oci", and no container engine listens at ${sockets.join(' or ')}. ` +
        'Start Docker or Podman, or name its socket in STRATA_OCI_SOCKET.',
    )
    this.name = 'EngineMissing'
  }
}

export function requireEngine({ runner, ociSockets: sockets }: Pick<Config, 'runner' | 'ociSockets'>): void {
  if (runner === 'oci' && !sockets.some((socket) => existsSync(socket))) throw new EngineMissing(sockets)
}
