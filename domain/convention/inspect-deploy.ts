import { refuseUnfit, type ReleaseInspection } from '@strata/domain/registry'
import { parseManifest, type DeployInput } from './parse-deploy.ts'

/** Looks into the releases of a manifest before anything is held for its deploy: parsing a large module takes a while. */
export function inspectDeploy(inspection: ReleaseInspection, input: DeployInput): void {
  for (const { release, path } of parseManifest(input).hooks) refuseUnfit(inspection, release, `${path}.release`)
}
