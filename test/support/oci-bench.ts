import type { ProgramRunner, RunControl, RunJob } from '@strata/domain/run'
import { parseRegistries } from '@strata/domain/registry'
import { ociRunner, type OciRunnerOptions } from '@strata/infrastructure/runner/oci'
import { startContainerEngine } from './container-engine.ts'
import { hookImages, type HookImages, type PushedImage } from './hook-images.ts'
import { executed, jobBelow, type Executed } from './hook-job.ts'
import { startImageRegistry, type ImageRegistry } from './image-registry.ts'
import { temporaryDirectory } from './temporary-directory.ts'

export { mebi } from './hook-job.ts'

/** An engine, a registry, images, and the runner that uses them. */
export interface OciBench extends AsyncDisposable {
  readonly socket: string
  readonly registry: ImageRegistry
  readonly images: HookImages
  readonly runner: ProgramRunner
  runnerWith(more: Partial<OciRunnerOptions>): ProgramRunner
  job(image: PushedImage, more?: Partial<RunJob>): Promise<RunJob>
  run(image: PushedImage, more?: Partial<RunJob>, control?: RunControl, runner?: ProgramRunner): Promise<Executed>
}

export async function openOciBench(): Promise<OciBench> {
  await using parts = new AsyncDisposableStack()
  const directory = parts.use(await temporaryDirectory())
  const [engine, registry] = await Promise.all([startContainerEngine(), startImageRegistry()])
  parts.use(registry)
  parts.use(engine)
  const runnerWith = (more: Partial<OciRunnerOptions>) =>
    ociRunner({ sockets: [engine.socket], node: 'test', registries: namedRegistries(registry.host), ...more })
  const runner = runnerWith({})
  const job = (image: PushedImage, more: Partial<RunJob> = {}) => jobBelow(directory.path, image, more)
  const running = parts.move()
  return {
    socket: engine.socket,
    registry,
    images: hookImages(engine.socket, registry.host),
    runner,
    runnerWith,
    job,
    async run(image, more, control = { signal: new AbortController().signal }, by = runner) {
      return executed(by, await job(image, more), control)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** The tests' registries are on this machine, so the setting must name them. */
export function namedRegistries(...hosts: readonly string[]): OciRunnerOptions['registries'] {
  const registries = parseRegistries(['*', ...hosts].join(','))
  if (registries === undefined) throw new Error(`${hosts.join()} are no registries`)
  return registries
}
