import type { CreateReleaseInput } from './create-release.ts'
import { parseRelease } from './release.ts'
import { refuseBrokenModule, type InspectModule } from './runtime/inspect-module.ts'

/** Looks into the module of a release before its hook is held. */
export function inspectRelease(inspect: InspectModule, { release }: CreateReleaseInput): void {
  refuseBrokenModule(inspect, parseRelease(release, 'input.release'), 'input.release')
}
