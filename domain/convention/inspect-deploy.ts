import { refuseBrokenModule, type InspectModule } from '@strata/domain/registry'
import { parseManifest, type DeployInput } from './parse-deploy.ts'

/** Looks into the modules of a manifest before anything is held for its deploy: parsing a large one takes a while. */
export function inspectDeploy(inspect: InspectModule, input: DeployInput): void {
  for (const { release, path } of parseManifest(input).hooks) refuseBrokenModule(inspect, release, `${path}.release`)
}
