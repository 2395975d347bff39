import { refuseUnfit, type ReleaseInspection } from '@strata/domain/registry'
import { parseManifest, type DeployInput } from './parse-deploy.ts'

/** Inspects the releases of a manifest before the deploy takes any lock, because parsing a large module takes a while. */
export function inspectDeploy(inspection: ReleaseInspection, input: DeployInput): void {
  for (const { release, path } of parseManifest(input).hooks) refuseUnfit(inspection, release, `${path}.release`)
}
