import type { CreateReleaseInput } from './create-release.ts'
import { parseRelease } from './release.ts'
import { refuseBrokenModule, type InspectModule } from './runtime/inspect-module.ts'
import { refuseForeignImage } from './runtime/refuse-image.ts'
import type { Registries } from './runtime/registries.ts'
import type { ParsedRuntime } from './runtime/runtime.ts'

/** What inspecting a release needs. This happens before its hook is locked. */
export interface ReleaseInspection {
  readonly module: InspectModule
  readonly registries: Registries
}

/** Inspects the module of a release, or the registry of its image, before its hook is locked. */
export function inspectRelease(inspection: ReleaseInspection, { release }: CreateReleaseInput): void {
  refuseUnfit(inspection, parseRelease(release, 'input.release'), 'input.release')
}

export function refuseUnfit({ module, registries }: ReleaseInspection, program: ParsedRuntime, path: string): void {
  refuseBrokenModule(module, program, path)
  refuseForeignImage(registries, program, path)
}
